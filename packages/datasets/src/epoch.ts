import { stream } from '@ganjs/random';
import type { BatchOptions, DatasetInfo } from './dataset.js';
import { DatasetError } from './errors.js';
import { prefetch } from './prefetch.js';

/** The full batches in one epoch: floor(size / batch). */
export function batchesPerEpoch(dataset: { readonly info: DatasetInfo }, batch: number): number {
  return Math.floor(dataset.info.size / batch);
}

function checkOptions(info: DatasetInfo, { batch, seed, epoch, from = 0 }: BatchOptions): void {
  const refuse = (field: string, got: number, expected: string, fix: string) => {
    throw new DatasetError({ where: info.name, field, got, expected, fix });
  };
  if (!Number.isInteger(batch) || batch < 1) {
    refuse('batch', batch, 'an integer >= 1', 'Pass the number of images per batch.');
  }
  if (batch > info.size) {
    const most = `at most its ${info.size} images`;
    refuse('batch', batch, most, `Choose a batch of ${info.size} or fewer, or add images.`);
  }
  if (!Number.isInteger(seed)) refuse('seed', seed, 'an integer', 'Pass a whole number.');
  if (!Number.isInteger(epoch) || epoch < 0) {
    refuse('epoch', epoch, 'an integer >= 0', 'Epochs are counted from 0.');
  }
  const count = batchesPerEpoch({ info }, batch);
  if (!Number.isInteger(from) || from < 0 || from > count) {
    const range = `an integer from 0 to the epoch's ${count} batches`;
    refuse('from', from, range, 'Continue with the batch size that the run began with.');
  }
}

/** Which batch of an epoch is asked for: its index, and the images in it. */
export interface BatchRequest {
  /** The position of the batch in its epoch, from 0. */
  readonly index: number;
  /** The images of the batch, by their index in the dataset. */
  readonly images: Int32Array;
}

/**
 * The one loop behind every dataset: checks the options, shuffles the epoch, reads raw batches ahead of the
 * consumer, and makes tensors of each only when it is handed over.
 *
 * @param read fetches or decodes one batch into plain memory; may be slow.
 * @param tensors turns what was read into a batch of tensors; nothing is held when the consumer stops before.
 * @param ahead raw batches to read ahead (default 1).
 * @throws DatasetError at the call, not at the first batch.
 */
export function epochBatches<Raw, B>(
  info: DatasetInfo,
  options: BatchOptions,
  read: (request: BatchRequest) => Raw | Promise<Raw>,
  tensors: (raw: Raw) => B,
  ahead = 1,
): AsyncIterable<B> {
  checkOptions(info, options);
  const { batch, seed, epoch, from = 0 } = options;
  const count = batchesPerEpoch({ info }, batch);

  async function* rawBatches() {
    const order = stream(seed, 'data', epoch).permutation(info.size);
    for (let index = from; index < count; index++) {
      yield await read({ index, images: order.subarray(index * batch, (index + 1) * batch) });
    }
  }
  async function* batches() {
    for await (const raw of prefetch(rawBatches(), ahead)) yield tensors(raw);
  }
  return { [Symbol.asyncIterator]: batches };
}
