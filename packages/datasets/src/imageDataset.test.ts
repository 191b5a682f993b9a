import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import {
  type BatchOptions,
  batchesPerEpoch,
  type Dataset,
  DatasetError,
  disposeBatch,
  fromArrays,
} from './index.js';

const image = { height: 2, width: 3, channels: 1 };
/** 10 images; every byte of image k is 10 k, its label is k % 3. */
const images = Uint8Array.from({ length: 10 * 6 }, (_, i) => 10 * Math.floor(i / 6));
const labels = Array.from({ length: 10 }, (_, k) => k % 3);
const dataset = fromArrays({ name: 'steps', images, image, labels });

/** The images of each batch, told by their bytes. */
async function visit(data: Dataset, options: BatchOptions): Promise<number[][]> {
  const seen: number[][] = [];
  for await (const batch of data.batches(options)) {
    expect(batch.images.shape).toEqual([options.batch, 2, 3, 1]);
    const values = await batch.images.data();
    seen.push(Array.from({ length: options.batch }, (_, i) => (values[i * 6]! * 127.5 + 127.5) / 10));
    disposeBatch(batch);
  }
  return seen.map((ids) => ids.map(Math.round));
}

describe('fromArrays', () => {
  it('tells what it holds', () => {
    expect(dataset.info).toEqual({ name: 'steps', size: 10, image, classes: ['0', '1', '2'] });
    expect(fromArrays({ name: 'plain', images, image }).info).not.toHaveProperty('classes');
  });

  it('maps bytes to [-1, 1] and keeps each label with its image', async () => {
    for await (const batch of dataset.batches({ batch: 5, seed: 1, epoch: 0 })) {
      expect(batch.images.dtype).toBe('float32');
      expect(batch.labels?.dtype).toBe('int32');
      const pixels = await batch.images.data();
      const ids = Array.from({ length: 5 }, (_, i) => Math.round((pixels[i * 6]! * 127.5 + 127.5) / 10));
      expect([...(await batch.labels!.data())]).toEqual(ids.map((id) => id % 3));
      disposeBatch(batch);
    }
    const ends = fromArrays({
      name: 'ends',
      images: Uint8Array.of(0, 51, 255),
      image: { height: 1, width: 1, channels: 3 },
    });
    for await (const batch of ends.batches({ batch: 1, seed: 0, epoch: 0 })) {
      expect([...(await batch.images.data())]).toEqual([-1, Math.fround(-0.6), 1]);
      disposeBatch(batch);
    }
  });

  it('visits each image once, in the order that seed and epoch name', async () => {
    const first = (await visit(dataset, { batch: 2, seed: 7, epoch: 3 })).flat();
    expect(first).toEqual([...stream(7, 'data', 3).permutation(10)]);
    expect((await visit(dataset, { batch: 2, seed: 7, epoch: 4 })).flat()).not.toEqual(first);
    expect((await visit(dataset, { batch: 2, seed: 8, epoch: 3 })).flat()).not.toEqual(first);
    expect((await visit(dataset, { batch: 2, seed: 7, epoch: 3 })).flat()).toEqual(first);
  });

  it('drops an incomplete last batch', async () => {
    expect(batchesPerEpoch(dataset, 4)).toBe(2);
    expect(await visit(dataset, { batch: 4, seed: 1, epoch: 0 })).toHaveLength(2);
  });

  it('continues an epoch where it stopped', async () => {
    const whole = await visit(dataset, { batch: 3, seed: 1, epoch: 0 });
    expect(await visit(dataset, { batch: 3, seed: 1, epoch: 0, from: 2 })).toEqual(whole.slice(2));
    expect(await visit(dataset, { batch: 3, seed: 1, epoch: 0, from: 3 })).toEqual([]);
  });

  it('holds no tensor when the consumer stops early', async () => {
    const before = tf.memory().numTensors;
    for await (const batch of dataset.batches({ batch: 1, seed: 1, epoch: 0 })) {
      disposeBatch(batch);
      break;
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    [{ batch: 0 }, /steps: batch is 0, expected an integer >= 1/],
    [{ batch: 11 }, /batch is 11, expected at most its 10 images. Choose a batch of 10 or fewer/],
    [{ batch: 2.5 }, /batch is 2.5/],
    [{ seed: Number.NaN }, /seed is NaN/],
    [{ epoch: -1 }, /epoch is -1/],
    [{ from: 6 }, /from is 6, expected an integer from 0 to the epoch's 5 batches/],
  ])('refuses %o at the call', (wrong, message) => {
    const call = () => dataset.batches({ batch: 2, seed: 1, epoch: 0, ...wrong });
    expect(call).toThrow(DatasetError);
    expect(call).toThrow(message);
  });

  it('refuses arrays that do not fit', () => {
    expect(() => fromArrays({ name: 'cut', images: images.subarray(1), image })).toThrow(
      /cut: length of images is 59, expected a positive multiple of 2 x 3 x 1 = 6 bytes/,
    );
    expect(() => fromArrays({ name: 'empty', images: new Uint8Array(), image })).toThrow(DatasetError);
    expect(() => fromArrays({ name: 'few', images, image, labels: [0, 1] })).toThrow(
      /number of labels is 2, expected 10/,
    );
    expect(() => fromArrays({ name: 'unnamed', images, image, labels, classes: ['a', 'b'] })).toThrow(
      /label of image 2 is 2, expected an integer from 0 to 1/,
    );
  });
});
