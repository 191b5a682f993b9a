import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';

/** The values of a tensor computed by `f`, which may leave tensors behind. */
export function evaluate(f: () => tf.Tensor): number[] {
  return tf.tidy(() => Array.from(f().dataSync()));
}

/** The first value. */
export function number(f: () => tf.Tensor): number {
  return evaluate(f)[0]!;
}

/** Discriminator outputs that the expected numbers of the adversarial tests were worked out for. */
export const real = () => tf.tensor1d([0.5, 2]);
export const fake = () => tf.tensor1d([-0.5, 1]);

/** Expects `f` to throw an error of the given class, whose message matches. */
export function refuses(f: () => unknown, error: new (...rest: never[]) => Error, message = /./): void {
  tf.tidy(() => {
    expect(f).toThrow(error);
    expect(f).toThrow(message);
  });
}
