import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { registerWasmBackend } from '../register.js';
import { numbers } from '../testing.js';
import { sameAsCpu } from './sameAsCpu.testing.js';

const size = tf.util.sizeFromShape;
const floats = (shape: number[], seed = 1) => tf.tensor(numbers(size(shape), seed), shape);
const ints = (shape: number[]) => tf.cast(tf.mul(floats(shape), 50), 'int32');

/** Axes in every position, contiguous or not; sizes around all blocks, tiles and foldings. */
const cases: [number[], number[] | undefined][] = [
  [[], undefined],
  [[1], [0]],
  [[5], [0]],
  [[31], [0]],
  [[4099], [0]],
  [[3, 2049], [1]],
  [[2049, 3], [0]],
  [[130, 33], [0]],
  [[129, 64], [0]],
  [[64, 3], [0]],
  [[257, 1], [0]],
  [[3, 5, 7], [1]],
  [
    [3, 5, 7],
    [0, 2],
  ],
  [
    [4, 6, 6, 5],
    [0, 1, 2],
  ],
  [
    [4, 5, 6, 6],
    [0, 2, 3],
  ],
  [
    [2, 3, 4, 5],
    [1, 3],
  ],
  [
    [2, 3, 2, 3, 2, 3],
    [0, 2, 4],
  ],
  [[2, 1, 3], [1]],
  [[2, 3, 4], undefined],
];

const reductions: Record<string, (x: tf.Tensor, axis?: number[], keepDims?: boolean) => tf.Tensor> = {
  sum: tf.sum,
  mean: tf.mean,
  max: tf.max,
  min: tf.min,
};

describe('reductions', () => {
  it.each(cases)('of %j along %j equal the cpu backend', async (shape, axes) => {
    await sameAsCpu(
      () => {
        const x = floats(shape);
        const whole = ints(shape);
        const truth = tf.greater(x, 0.2);
        return Object.values(reductions)
          .flatMap((reduce) => [reduce(x, axes), reduce(x, axes, true), reduce(whole, axes)])
          .concat([
            tf.sum(truth, axes),
            tf.any(truth, axes),
            tf.all(truth, axes, true),
            tf.prod(tf.add(1, tf.mul(x, 0.01)), axes),
          ]);
      },
      { relative: 2e-5, floor: 1 },
    );
  });

  it('of int32 products, and of nothing', async () => {
    await sameAsCpu(() => [
      tf.prod(tf.tensor2d([1, -2, 3, 4, 5, -6], [2, 3], 'int32'), 1),
      tf.prod(tf.tensor2d([1, -2, 3, 4, 5, -6], [2, 3], 'int32'), 0),
      tf.sum(tf.zeros([3, 0, 2]), 1),
      tf.prod(tf.zeros([3, 0]), 1),
      tf.sum(tf.zeros([0, 4]), 1),
    ]);
  });

  it('propagate NaN and infinities', async () => {
    const x = [1, Number.NaN, 2, Number.POSITIVE_INFINITY, 3, -1, Number.NEGATIVE_INFINITY, 0, 5];
    await sameAsCpu(() =>
      Object.values(reductions).flatMap((reduce) => [
        reduce(tf.tensor2d(x, [3, 3]), [0]),
        reduce(tf.tensor2d(x, [3, 3]), [1]),
      ]),
    );
  });

  it('find the first extreme element', async () => {
    await sameAsCpu(() =>
      [
        tf.tensor1d([3, 1, 3, 0, 0]),
        floats([4, 5, 6]),
        ints([4, 5, 6]),
        tf.greater(floats([3, 9]), 0),
        tf.scalar(4),
      ].flatMap((x) => x.shape.flatMap((_, axis) => [tf.argMax(x, axis), tf.argMin(x, axis)])),
    );
  });

  it('sum millions of numbers with the error of a few roundings', async () => {
    await tf.setBackend(await registerWasmBackend());
    const count = 3_000_001;
    const x = numbers(count, 3).map((v) => 1 + v / 16);
    const exact = x.reduce((sum, v) => sum + v, 0);
    const sums = tf.tidy(() =>
      [tf.sum(tf.tensor1d(x)), tf.sum(tf.tensor2d(x, [count, 1]), 0)].map((y) => y.dataSync()[0]!),
    );
    for (const sum of sums) expect(Math.abs(sum - exact) / exact).toBeLessThan(3e-7);
  });

  it('run along an axis: cumsum, cumprod, softmax', async () => {
    const flags = [false, true];
    await sameAsCpu(
      () => [
        ...flags.flatMap((exclusive) =>
          flags.flatMap((reverse) => [
            ...[0, 1, 2].map((axis) => tf.cumsum(floats([3, 5, 4]), axis, exclusive, reverse)),
            tf.cumprod(ints([3, 5]), 1, exclusive, reverse),
            tf.cumprod(floats([7]), 0, exclusive, reverse),
            tf.cumsum(ints([9]), 0, exclusive, reverse),
          ]),
        ),
        tf.cumsum(tf.tensor1d([true, false, true], 'bool')),
        ...[[1], [3, 1], [2, 10], [5, 67], [2, 3, 16]].map((shape) => tf.softmax(tf.mul(floats(shape), 30))),
        tf.logSoftmax(floats([4, 9])),
      ],
      { relative: 3e-6, floor: 1e-3 },
    );
  });
});
