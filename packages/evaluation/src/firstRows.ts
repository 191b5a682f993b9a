import type { Batch, Dataset } from '@ganjs/datasets';
import { EvaluationError } from './errors.js';

/**
 * The first `n` rows of a dataset in the order of a seed, or all where it has fewer. The caller disposes them.
 *
 * @throws EvaluationError when there are none.
 */
export async function firstRows<B extends Batch>(dataset: Dataset, n: number, seed: number): Promise<B> {
  const batch = Math.min(n, dataset.info.size);
  // The task of a run says what its batches hold.
  for await (const rows of dataset.batches({ batch, seed, epoch: 0 })) return rows as B;
  throw new EvaluationError(`${dataset.info.name} is empty: there is nothing to compare images with.`);
}
