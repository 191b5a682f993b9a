import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { fallbackUsage, resetFallbackUsage } from '../fallback.js';
import { numbers, onBoth, relativeError } from '../testing.js';

interface Case {
  input: [number, number, number, number];
  filter: [number, number, number, number];
  strides: number | [number, number];
  pad: 'same' | 'valid' | number;
}

const cases: Case[] = [
  { input: [2, 7, 9, 1], filter: [3, 3, 1, 1], strides: 1, pad: 'same' },
  { input: [2, 8, 8, 10], filter: [4, 3, 10, 1], strides: 2, pad: 'same' },
  { input: [1, 9, 6, 5], filter: [3, 3, 5, 3], strides: 1, pad: 'valid' },
  { input: [3, 6, 7, 8], filter: [5, 5, 8, 1], strides: [2, 2], pad: 2 },
  { input: [1, 5, 5, 4], filter: [1, 1, 4, 2], strides: 3, pad: 'valid' },
  { input: [1, 3, 3, 6], filter: [7, 7, 6, 1], strides: 1, pad: 'same' },
];

async function same(compute: () => tf.Tensor | tf.Tensor[]): Promise<void> {
  resetFallbackUsage();
  const { cpu, wasm } = await onBoth(compute);
  for (const [i, expected] of cpu.entries()) {
    expect(wasm[i]!.shape).toEqual(expected.shape);
    expect(relativeError(wasm[i]!.values, expected.values)).toBeLessThan(3e-6);
  }
  expect(fallbackUsage().filter(({ kernel }) => kernel.includes('Depthwise'))).toEqual([]);
}

describe('depthwiseConv2d', () => {
  for (const { input, filter, strides, pad } of cases) {
    it(`equals the cpu backend with its gradients: [${input}] * [${filter}], strides ${strides}, pad ${pad}`, () =>
      same(() => {
        const x = tf.tensor4d(numbers(tf.util.sizeFromShape(input), 1), input);
        const w = tf.tensor4d(numbers(tf.util.sizeFromShape(filter), 2), filter);
        const f = (a: tf.Tensor, b: tf.Tensor) =>
          tf.depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, pad);
        const y = f(x, w);
        const dy = tf.tensor(numbers(y.size, 3), y.shape);
        return [y, ...tf.grads(f)([x, w], dy)];
      }));
  }

  it('dilates', () =>
    same(() =>
      tf.depthwiseConv2d(
        tf.tensor4d(numbers(9 * 8 * 5, 1), [1, 9, 8, 5]),
        tf.tensor4d(numbers(9 * 5, 2), [3, 3, 5, 1]),
        1,
        'same',
        'NHWC',
        [2, 3],
      ),
    ));

  it('fuses bias and activation', async () => {
    for (const activation of ['linear', 'relu', 'relu6', 'leakyrelu', 'elu', 'sigmoid', 'prelu'] as const) {
      await same(() =>
        tf.fused.depthwiseConv2d({
          x: tf.tensor4d(numbers(6 * 6 * 8, 1), [1, 6, 6, 8]),
          filter: tf.tensor4d(numbers(9 * 8, 2), [3, 3, 8, 1]),
          strides: 1,
          pad: 'same',
          activation,
          leakyreluAlpha: 0.2,
          bias: tf.tensor1d(numbers(8, 3)),
          preluActivationWeights: activation === 'prelu' ? tf.tensor1d(numbers(8, 4)) : undefined,
        }),
      );
    }
  });
});
