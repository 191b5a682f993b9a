import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerWasmBackend, setThreads, threadCount, WasmArgumentError } from './index.ts';
import { numbers } from './testing.ts';

beforeAll(async () => {
  await tf.setBackend(await registerWasmBackend({ threads: 1 }));
});

afterAll(async () => {
  await setThreads(1);
});

/** Products, convolutions and their gradients, large enough for several tiles. */
function compute(): Uint8Array[] {
  return tf.tidy(() => {
    const a = tf.tensor2d(numbers(300 * 270, 1), [300, 270]);
    const b = tf.tensor2d(numbers(270 * 90, 2), [270, 90]);
    const x = tf.tensor4d(numbers(8 * 14 * 14 * 24, 3), [8, 14, 14, 24]);
    const w = tf.tensor4d(numbers(25 * 24 * 40, 4), [5, 5, 24, 40]);
    const conv = (p: tf.Tensor, q: tf.Tensor) => tf.conv2d(p as tf.Tensor4D, q as tf.Tensor4D, 2, 'same');
    const y = conv(x, w);
    const results = [
      tf.matMul(a, b),
      tf.matMul(a, b).matMul(b, false, true),
      y,
      ...tf.grads(conv)([x, w], y),
    ];
    return results.map((t) => new Uint8Array((t.dataSync() as Float32Array).buffer));
  });
}

describe('threads', () => {
  it('give the same bits whatever their number', async () => {
    const expected = compute();
    for (const threads of [2, 3, 4]) {
      expect(await setThreads(threads)).toBe(threads);
      expect(threadCount()).toBe(threads);
      for (let repeat = 0; repeat < 3; repeat++) {
        for (const [i, bytes] of compute().entries()) expect(Buffer.compare(bytes, expected[i]!)).toBe(0);
      }
    }
  });

  it('can be reduced, and give their memory back', async () => {
    await setThreads(1);
    const bytes = () => (tf.memory() as unknown as { wasmBytesInUse: number }).wasmBytesInUse;
    const before = bytes();
    await setThreads(3);
    expect(bytes()).toBeGreaterThan(before);
    await setThreads(1);
    expect(bytes()).toBe(before);
  });

  it('refuses numbers that count nothing', async () => {
    await expect(setThreads(0)).rejects.toBeInstanceOf(WasmArgumentError);
    await expect(setThreads(1.5)).rejects.toBeInstanceOf(WasmArgumentError);
  });
});
