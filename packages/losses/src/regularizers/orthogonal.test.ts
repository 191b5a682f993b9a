import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { number, refuses } from '../../test/evaluate.js';
import { orthogonal, relaxedOrthogonal } from './orthogonal.js';

// [in, out]: the transpose of the [out, in] matrix [[1, 2], [0, 1]].
const kernel = () =>
  tf.tensor2d([
    [1, 0],
    [2, 1],
  ]);

it('has the worked-out values and gradient', () => {
  expect(number(() => relaxedOrthogonal(kernel()))).toBe(8);
  // WᵀW = [[5, 2], [2, 1]]: (5 - 1)² + 2² + 2² + 0.
  expect(number(() => orthogonal(kernel()))).toBe(24);
  tf.tidy(() => {
    const gradient = tf.grad(relaxedOrthogonal)(kernel());
    expect(gradient.arraySync()).toEqual([
      [0, 8],
      [8, 16],
    ]);
  });
});

it('is 0 for orthonormal filters, and relaxed also for orthogonal ones', () => {
  expect(number(() => orthogonal(tf.eye(3)))).toBe(0);
  expect(number(() => relaxedOrthogonal(tf.mul(5, tf.eye(3))))).toBe(0);
});

it('refuses a bias', () => {
  refuses(() => orthogonal(tf.ones([3])), ShapeError);
});
