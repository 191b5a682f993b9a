import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { number, refuses } from '../../test/evaluate.js';
import { r1, r2 } from './r1.js';

it('of 3x + 4y with γ = 10 is 125', () => {
  const critic = (x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, tf.tensor2d([[3], [4]]));
  const samples = () =>
    tf.tensor2d([
      [1, 2],
      [-3, 0.5],
    ]);
  expect(10 * number(() => r1(critic, samples()))).toBeCloseTo(125, 3);
  expect(10 * number(() => r2(critic, samples()))).toBeCloseTo(125, 3);
});

it('of a critic that says 0 everywhere is 0', () => {
  expect(number(() => r1((x) => tf.mul(x, 0), tf.ones([2, 3])))).toBe(0);
});

it('refuses integers', () => {
  refuses(() => r1((x) => x, tf.ones([2, 3], 'int32')), ShapeError, /int32/);
});
