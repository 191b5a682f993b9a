import * as tf from '@tensorflow/tfjs';
import { describe, it } from 'vitest';
import { numbers } from '../testing.js';
import { sameAsCpu } from './sameAsCpu.testing.js';

type Shape = [number, number, number, number];
const floats = (shape: Shape, seed = 1) => tf.tensor4d(numbers(tf.util.sizeFromShape(shape), seed), shape);

const cases: [Shape, [number, number], number, 'same' | 'valid' | number][] = [
  [[1, 1, 1, 1], [1, 1], 1, 'valid'],
  [[2, 5, 6, 1], [2, 2], 2, 'same'],
  [[2, 5, 6, 3], [3, 2], 1, 'same'],
  [[1, 7, 7, 4], [3, 3], 2, 'valid'],
  [[3, 8, 8, 7], [2, 2], 2, 'valid'],
  [[2, 6, 5, 9], [3, 3], 1, 1],
  [[1, 4, 4, 17], [4, 4], 3, 'same'],
  [[2, 3, 3, 2], [1, 1], 2, 'valid'],
];

describe('pooling', () => {
  it.each(cases)('%j by %j, strides %d, pad %s', async (shape, window, strides, pad) => {
    const poolings = [
      (x: tf.Tensor4D) => tf.avgPool(x, window, strides, pad),
      (x: tf.Tensor4D) => tf.maxPool(x, window, strides, pad),
    ];
    await sameAsCpu(
      () => {
        const x = floats(shape);
        return poolings.flatMap((pool) => {
          const y = pool(x);
          return [y, tf.grad(pool as (x: tf.Tensor) => tf.Tensor)(x, floats(y.shape as Shape, 2))];
        });
      },
      { relative: 2e-6, floor: 0.1 },
    );
  });

  it('finds the places of the maxima', async () => {
    await sameAsCpu(() =>
      [false, true].flatMap((includeBatch) => {
        const { result, indexes } = tf.maxPoolWithArgmax(floats([2, 5, 6, 3]), 2, 2, 'same', includeBatch);
        return [result!, indexes!];
      }),
    );
  });

  it('passes NaN over, and takes the first of equals', async () => {
    await sameAsCpu(() => {
      const x = tf.tensor4d([1, Number.NaN, 3, 3, 2, 2, 2, 2, 0], [1, 3, 3, 1]);
      const pool = (t: tf.Tensor4D) => tf.maxPool(t, 2, 1, 'valid');
      return [pool(x), tf.grad(pool as (x: tf.Tensor) => tf.Tensor)(x, tf.ones([1, 2, 2, 1]))];
    });
  });
});
