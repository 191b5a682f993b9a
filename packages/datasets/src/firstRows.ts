import type { Batch, Dataset } from './dataset.js';
import { DatasetError } from './errors.js';

/**
 * The first `n` rows of a dataset in the order of a seed, or all where it has fewer: the same rows each time, to show
 * or to score a network on.
 *
 * @returns one batch; the caller disposes it.
 * @throws DatasetError when the dataset has no rows.
 */
export async function firstRows<B extends Batch>(dataset: Dataset<B>, n: number, seed: number): Promise<B> {
  const { name, size } = dataset.info;
  for await (const rows of dataset.batches({ batch: Math.min(n, size), seed, epoch: 0 })) return rows;
  throw new DatasetError({
    where: name,
    field: 'size',
    got: size,
    expected: 'at least one row',
    fix: 'Give it data.',
  });
}
