import {
  type Batch,
  type BatchOptions,
  type Dataset,
  disposeBatch,
  fromArrays,
  gaussianRing,
} from '@ganjs/datasets';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { datasetChecks, testDataset } from './dataset.js';
import { failures } from './testing.js';

const good = (): Dataset =>
  fromArrays({
    name: 'gray',
    images: Uint8Array.from({ length: 20 * 4 }, (_, i) => i),
    image: { height: 2, width: 2, channels: 1 },
    labels: Uint8Array.from({ length: 20 }, (_, i) => i % 3),
  });
testDataset('labelled bytes', good);
testDataset('points', () => gaussianRing());

/** The dataset with each batch changed. */
const changed =
  (change: (batch: Batch, options: BatchOptions) => Batch): (() => Dataset) =>
  () => {
    const { info, batches } = good();
    return {
      info,
      batches(options) {
        const inner = batches(options);
        async function* all() {
          for await (const batch of inner) yield change(batch, options);
        }
        return { [Symbol.asyncIterator]: all };
      },
    };
  };
const images = (f: (x: tf.Tensor4D) => tf.Tensor) =>
  changed((batch) => {
    const made = tf.tidy(() => f(batch.images)) as tf.Tensor4D;
    batch.images.dispose();
    return { ...batch, images: made };
  });

const kept: tf.Tensor[] = [];
const broken: [what: string, open: () => Dataset, fails: string, says: RegExp][] = [
  [
    'bytes for pixels',
    images((x) => tf.add(tf.mul(x, 127.5), 127.5)),
    'gives batches as its info says',
    /an image holds .* in \[-1, 1\]/,
  ],
  [
    'another shape',
    images((x) => tf.reshape(x, [4, 4, 1, 1])),
    'gives batches as its info says',
    /images have shape \[4,4,1,1\], but expected \[4,2,2,1\]/,
  ],
  [
    'labels without a class',
    changed((batch) => {
      batch.labels!.dispose();
      return { ...batch, labels: tf.tensor1d([0, 1, 2, 3], 'int32') };
    }),
    'gives batches as its info says',
    /a label is 3, but expected a class below 3/,
  ],
  [
    'noise of its own',
    images((x) => tf.clipByValue(tf.add(x, Math.random() / 9), -1, 1)),
    'gives an epoch that depends on seed and number alone',
    /the same epoch of the same seed: images of batch 0/,
  ],
  [
    'one order for all epochs',
    () => ({ ...good(), batches: (options) => good().batches({ ...options, epoch: 0 }) }),
    'gives an epoch that depends on seed and number alone',
    /the next epoch is the same/,
  ],
  [
    'one order for all seeds',
    () => ({ ...good(), batches: (options) => good().batches({ ...options, seed: 0 }) }),
    'gives an epoch that depends on seed and number alone',
    /another seed gives the same epoch/,
  ],
  [
    'no way to go on',
    () => ({ ...good(), batches: ({ from: _, ...options }) => good().batches(options) }),
    'goes on from any batch',
    /from its batch 1 on/,
  ],
  [
    'wrong options that are noticed late',
    () => ({
      ...good(),
      batches: (options) => ({
        async *[Symbol.asyncIterator]() {
          yield* good().batches(options);
        },
      }),
    }),
    'refuses wrong options at the call',
    /it takes batch 0, but expected an error/,
  ],
  [
    'a batch read ahead as tensors',
    changed((batch) => {
      kept.push(tf.keep(tf.clone(batch.images)));
      return batch;
    }),
    'leaves no tensor behind when one stops early',
    /leaves 1 tensors behind/,
  ],
];

it.each(broken)('%s: is found', async (_, open, fails, says) => {
  const found = await failures(datasetChecks(open));
  tf.dispose(kept.splice(0));
  expect(found[fails]).toMatch(says);
});

it('takes datasets of other batches', async () => {
  for await (const batch of gaussianRing().batches({ batch: 2, seed: 1, epoch: 0 })) {
    expect(batch.points.shape).toEqual([2, 2]);
    disposeBatch(batch);
    break;
  }
});
