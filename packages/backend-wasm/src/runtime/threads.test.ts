import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WasmBackend } from '../backend.js';
import { registerWasmBackend, setThreads, threadCount, WasmArgumentError } from '../index.js';
import { numbers } from '../testing.js';

beforeAll(async () => {
  await tf.setBackend(await registerWasmBackend({ threads: 1 }));
});

afterAll(async () => {
  await setThreads(1);
});

/** Every family of kernels that has a division of labour of its own, on enough data for several tiles. */
function compute(): Uint8Array[] {
  return tf.tidy(() => {
    const a = tf.tensor2d(numbers(300 * 270, 1), [300, 270]);
    const b = tf.tensor2d(numbers(270 * 90, 2), [270, 90]);
    const images = (channels: number) =>
      tf.tensor4d(numbers(8 * 14 * 14 * channels, 3), [8, 14, 14, channels]);
    /** The convolution of `channels` to `filters` channels and its two gradients. */
    const convolve = (channels: number, filters: number, kernel: number, strides: number): tf.Tensor[] => {
      const x = images(channels);
      const w = tf.tensor4d(numbers(kernel * kernel * channels * filters, 4), [
        kernel,
        kernel,
        channels,
        filters,
      ]);
      const f = (p: tf.Tensor, q: tf.Tensor) =>
        tf.conv2d(p as tf.Tensor4D, q as tf.Tensor4D, strides, 'same');
      const y = f(x, w);
      return [y, ...tf.grads(f)([x, w], y)];
    };
    const depthwise = (p: tf.Tensor, q: tf.Tensor) =>
      tf.depthwiseConv2d(p as tf.Tensor4D, q as tf.Tensor4D, 1, 'same');
    const x = images(24);
    const kernels = tf.tensor4d(numbers(9 * 24, 5), [3, 3, 24, 1]);
    const results = [
      tf.matMul(a, b),
      tf.matMul(a, b).matMul(b, false, true),
      ...convolve(24, 40, 5, 2), // patches
      ...convolve(24, 40, 5, 1), // Winograd
      ...convolve(24, 40, 3, 1),
      ...convolve(80, 60, 3, 1), // Winograd, whose gradients' products are shared
      ...convolve(3, 40, 5, 2), // thin
      ...convolve(24, 1, 5, 1),
      depthwise(x, kernels),
      ...tf.grads(depthwise)([x, kernels], x),
      tf.batchNorm(x, [0.1], [2], [0.3], [1.5]),
      x.mul(x).tanh().sum([0, 1, 2]),
      x.sum(3),
      x.mean(),
      x.transpose([3, 1, 2, 0]),
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

  it('leave memory alone that earlier kernels still use', async () => {
    await setThreads(3);
    const length = 300_000;
    for (let round = 0; round < 20; round++) {
      const values = numbers(length, round);
      const x = tf.tensor1d(values);
      // Freed at once, while the kernels that read it may not have begun; what is written next must not land there.
      const sum = tf.tidy(() => tf.add(tf.mul(x, 2), x));
      x.dispose();
      const other = tf.tensor1d(numbers(length, round + 100));
      const got = sum.dataSync();
      expect(got.every((v, i) => v === Math.fround(Math.fround(2 * values[i]!) + values[i]!))).toBe(true);
      tf.dispose([sum, other]);
    }
  });

  it('tell of a kernel that trapped, and go on', async () => {
    const { runtime } = tf.backend() as WasmBackend;
    for (const threads of [1, 3]) {
      await setThreads(threads);
      const bad = () => {
        runtime.parallel('fill32', 1000, 10, [3.5 * 2 ** 30, 0]);
        runtime.finish();
      };
      expect(bad).toThrow();
      expect(tf.tidy(() => [...tf.add([1, 2], [3, 4]).dataSync()])).toEqual([4, 6]);
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
