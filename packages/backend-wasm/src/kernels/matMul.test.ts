import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { fallbackUsage, resetFallbackUsage } from '../fallback.js';
import { numbers, onBoth, relativeError } from '../testing.js';

const sizes = [
  [1, 1, 1],
  [1, 8, 5],
  [6, 8, 4],
  [7, 9, 3],
  [5, 1, 300],
  [97, 17, 257],
  [64, 100, 33],
  [13, 31, 520],
  [200, 7, 1],
  [3, 130, 70],
] as const;

describe('matMul', () => {
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      it(`equals the cpu backend (transposeA ${transposeA}, transposeB ${transposeB})`, async () => {
        resetFallbackUsage();
        const { cpu, wasm } = await onBoth(() =>
          sizes.map(([M, N, K]) => {
            const a = tf.tensor2d(numbers(M * K, 1), transposeA ? [K, M] : [M, K]);
            const b = tf.tensor2d(numbers(K * N, 2), transposeB ? [N, K] : [K, N]);
            return tf.matMul(a, b, transposeA, transposeB);
          }),
        );
        for (const [i, expected] of cpu.entries()) {
          expect(wasm[i]!.shape).toEqual(expected.shape);
          expect(relativeError(wasm[i]!.values, expected.values), `${sizes[i]}`).toBeLessThan(2e-6);
        }
        expect(fallbackUsage()).toEqual([]);
      });
    }
  }

  it('broadcasts batches', async () => {
    for (const [aBatch, bBatch] of [
      [[3], [3]],
      [[3], [1]],
      [[1], [4]],
      [
        [2, 3],
        [2, 3],
      ],
    ] as const) {
      const { cpu, wasm } = await onBoth(() => {
        const a = tf.tensor(numbers(tf.util.sizeFromShape([...aBatch]) * 35, 3), [...aBatch, 7, 5]);
        const b = tf.tensor(numbers(tf.util.sizeFromShape([...bBatch]) * 45, 4), [...bBatch, 5, 9]);
        return tf.matMul(a, b);
      });
      expect(wasm[0]!.shape).toEqual(cpu[0]!.shape);
      expect(relativeError(wasm[0]!.values, cpu[0]!.values)).toBeLessThan(2e-6);
    }
  });

  it('fuses bias and activation', async () => {
    for (const activation of ['linear', 'relu', 'relu6', 'leakyrelu', 'elu', 'sigmoid', 'prelu'] as const) {
      const { cpu, wasm } = await onBoth(() =>
        tf.fused.matMul({
          a: tf.tensor2d(numbers(100 * 30, 5), [100, 30]),
          b: tf.tensor2d(numbers(30 * 19, 6), [30, 19]),
          bias: tf.tensor1d(numbers(19, 7)),
          activation,
          leakyreluAlpha: 0.3,
          preluActivationWeights: activation === 'prelu' ? tf.tensor1d(numbers(19, 8)) : undefined,
        }),
      );
      expect(relativeError(wasm[0]!.values, cpu[0]!.values), activation).toBeLessThan(2e-6);
    }
  });
});
