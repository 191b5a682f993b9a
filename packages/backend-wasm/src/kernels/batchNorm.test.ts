import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { fallbackUsage, resetFallbackUsage } from '../fallback.js';
import { numbers, onBoth, relativeError } from '../testing.js';

const positive = (length: number, seed: number) => numbers(length, seed).map((v) => v + 1.5);

describe('batchNorm', () => {
  for (const shape of [
    [5, 3],
    [2, 7, 5, 8],
    [3, 4, 4, 37],
    [64, 1000],
  ]) {
    it(`equals the cpu backend for [${shape}], with its gradients`, async () => {
      resetFallbackUsage();
      const channels = shape.at(-1)!;
      const { cpu, wasm } = await onBoth(() => {
        const x = tf.tensor(numbers(tf.util.sizeFromShape(shape), 1), shape);
        const parameters = [
          numbers(channels, 2),
          positive(channels, 3),
          numbers(channels, 4),
          positive(channels, 5),
        ];
        const [mean, variance, offset, scale] = parameters.map((p) => tf.tensor1d(p)) as [
          tf.Tensor1D,
          tf.Tensor1D,
          tf.Tensor1D,
          tf.Tensor1D,
        ];
        const f = (...t: tf.Tensor[]) =>
          tf.batchNorm(
            t[0]!,
            t[1] as tf.Tensor1D,
            t[2] as tf.Tensor1D,
            t[3] as tf.Tensor1D,
            t[4] as tf.Tensor1D,
            1e-3,
          );
        const plain = tf.batchNorm(x, mean, variance);
        return [
          plain,
          f(x, mean, variance, offset, scale),
          ...tf.grads(f)([x, mean, variance, offset, scale], x),
        ];
      });
      for (const [i, expected] of cpu.entries()) {
        expect(relativeError(wasm[i]!.values, expected.values)).toBeLessThan(5e-6);
      }
      expect(fallbackUsage().map(({ kernel }) => kernel)).not.toContain('FusedBatchNorm');
    });
  }
});
