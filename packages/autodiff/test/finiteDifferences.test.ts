import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { between, type Case, check } from './finiteDifferences.js';

/** x * factor forwards; backwards the factor is `slope`, and `curve` in the derivative of that. */
const faulty = (slope: number, curve = slope) => {
  const backward = tf.customGrad((dy, save) => {
    (save as tf.GradSaveFunc)([]);
    return { value: tf.mul(dy as tf.Tensor, slope), gradFunc: (ddx) => tf.mul(ddx, curve) };
  });
  return tf.customGrad((x, save) => {
    (save as tf.GradSaveFunc)([]);
    return { value: tf.clone(x as tf.Tensor), gradFunc: (dy) => backward(dy) };
  });
};

const through = (op: (x: tf.Tensor) => tf.Tensor): Case => ({
  name: '',
  f: (x) => tf.square(op(tf.square(x!))),
  inputs: [between(0.5, 1.5, 3, 4)],
});

describe('the finite-difference check', () => {
  it('accepts a right derivative', () => {
    const right = through(faulty(1));
    for (const order of [1, 2, 3]) expect(check(right, order).excess).toBeLessThan(1);
  });

  it('refuses a first derivative that is 1% off', () => {
    expect(check(through(faulty(1.01)), 1).excess).toBeGreaterThan(3);
  });

  it('refuses a second derivative that is 1% off where the first is right', () => {
    const wrong = through(faulty(1, 1.01));
    expect(check(wrong, 1).excess).toBeLessThan(1);
    expect(check(wrong, 2).excess).toBeGreaterThan(3);
  });

  it('refuses the derivatives of stock TensorFlow.js that lose the border or the curvature', () => {
    const inputs = [between(-1, 1, 6, 6)];
    const border: [number, number][] = [
      [1, 1],
      [0, 0],
    ];
    expect(
      check({ name: '', f: (x) => tf.mirrorPad(x!, border, 'reflect'), inputs }, 1).excess,
    ).toBeGreaterThan(100);
    expect(check({ name: '', f: (x) => tf.tanh(x!), inputs }, 2).excess).toBeGreaterThan(100);
  });
});
