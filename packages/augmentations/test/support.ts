import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';

/** Images of normal random numbers, the same for the same seed. */
export function images(shape: [number, number, number, number], seed = 1): tf.Tensor4D {
  return tf.randomNormal<tf.Rank.R4>(shape, 0, 1, 'float32', seed);
}

/** The values of a tensor computed by `f`, which may leave tensors behind. */
export function evaluate(f: () => tf.Tensor): number[] {
  return tf.tidy(() => Array.from(f().dataSync()));
}

/** The largest absolute difference. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i]!)));
}

export function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;
}

export function deviation(values: ArrayLike<number>): number {
  const centre = mean(values);
  return Math.sqrt(mean(Array.from(values, (x) => (x - centre) ** 2)));
}

/** Expects `f` to throw an error of the given class, whose message matches. */
export function refuses(f: () => unknown, error: new (...rest: never[]) => Error, message = /./): void {
  tf.tidy(() => {
    expect(f).toThrow(error);
    expect(f).toThrow(message);
  });
}
