import * as tf from '@tensorflow/tfjs';
import type { TrainedRun } from './evaluation.js';

/** How many classes a run can be asked for: those that it found by itself, or those of its data; 0 where none. */
export function askableClasses({
  task,
  info,
  categories,
}: Pick<TrainedRun, 'task' | 'info' | 'categories'>): number {
  return categories ?? (task === 'class-conditional' ? (info.classes?.length ?? 0) : 0);
}

/** Samples, and the class that each was asked for where a run can be asked for one. */
export interface LabelledSamples {
  /** float32 [n, height, width, channels]; the caller disposes them. */
  readonly images: tf.Tensor4D;
  readonly labels?: readonly number[];
}

/** Draws `n` samples: of the classes 0, 1, … in turn, where a run can be asked for them. */
export async function labelledSamples(run: TrainedRun, n: number): Promise<LabelledSamples> {
  const classes = askableClasses(run);
  if (classes === 0) return { images: await run.sample(n) };
  const labels = Array.from({ length: n }, (_, i) => i % classes);
  const condition = { labels: tf.tensor1d(labels, 'int32') };
  try {
    return { images: await run.sample(n, condition), labels };
  } finally {
    condition.labels.dispose();
  }
}
