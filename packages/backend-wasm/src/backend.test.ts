import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { fallbackUsage, registerWasmBackend, resetFallbackUsage } from './index.js';

beforeAll(async () => {
  await tf.setBackend(await registerWasmBackend());
});

describe('backend', () => {
  it('runs ops through the fallback and counts them', () => {
    resetFallbackUsage();
    const y = tf.tidy(() => tf.unique(tf.tensor1d([1, 3, 1])).values.arraySync());
    expect(y).toEqual([1, 3]);
    expect(fallbackUsage()).toContainEqual({ kernel: 'Unique', count: 1 });
  });

  it('keeps bool, int32, complex64 and string values', async () => {
    const tensors = [
      tf.tensor1d([true, false, true]),
      tf.tensor1d([1, -2, 3], 'int32'),
      tf.complex([1, 2], [3, 4]),
      tf.tensor1d(['a', 'β']),
    ];
    const values = await Promise.all(tensors.map((t) => t.array()));
    tf.dispose(tensors);
    expect(values[0]).toEqual([1, 0, 1]);
    expect(values[1]).toEqual([1, -2, 3]);
    expect(values[3]).toEqual(['a', 'β']);
  });

  it('gives memory back', () => {
    const before = tf.memory() as unknown as { wasmBytesInUse: number };
    tf.tidy(() => void tf.zeros([100, 100]).add(1));
    expect((tf.memory() as unknown as { wasmBytesInUse: number }).wasmBytesInUse).toBe(before.wasmBytesInUse);
  });
});
