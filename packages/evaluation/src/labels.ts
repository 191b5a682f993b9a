import { classesOf } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import type { TrainedRun } from './evaluation.js';

/** Samples, and the class that each was asked for where a run can be asked for one. */
export interface LabelledSamples {
  /** float32 [n, height, width, channels]; the caller disposes them. */
  readonly images: tf.Tensor4D;
  readonly labels?: readonly number[];
}

/** Draws `n` samples: of the classes 0, 1, … in turn, where a run can be asked for them. */
export async function labelledSamples(run: TrainedRun, n: number): Promise<LabelledSamples> {
  const classes = classesOf(run.task, run.info, run.categories);
  if (classes === 0) return { images: await run.sample(n) };
  const labels = Array.from({ length: n }, (_, i) => i % classes);
  const condition = { labels: tf.tensor1d(labels, 'int32') };
  try {
    return { images: await run.sample(n, condition), labels };
  } finally {
    condition.labels.dispose();
  }
}
