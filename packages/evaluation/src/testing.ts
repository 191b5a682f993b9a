import type { Batch, Dataset, TranslationBatch } from '@ganjs/datasets';
import * as tf from '@tensorflow/tfjs';
import type { TrainedRun } from './evaluation.js';

/** A run that learnt from some data and makes images by a function. */
export function runOf(
  task: TrainedRun['task'],
  data: Dataset,
  sample: TrainedRun['sample'],
  n = data.info.size,
): TrainedRun {
  const open = async () => data;
  return { task, info: data.info, n, seed: 1, sample, heldOut: open, trainedOn: open };
}

/** How a run that translates makes images: by a function of the given ones. */
export function translation(translate: (sources: tf.Tensor4D) => tf.Tensor4D): TrainedRun['sample'] {
  return async (_, condition) => tf.tidy(() => translate((condition as TranslationBatch).sources));
}

/** The first rows, in the order in which a run of {@link runOf} is compared with them. */
export async function rowsOf<B extends Batch>(data: Dataset, n: number): Promise<B> {
  for await (const rows of data.batches({ batch: n, seed: 1, epoch: 0 })) return rows as B;
  throw new Error('no batch');
}
