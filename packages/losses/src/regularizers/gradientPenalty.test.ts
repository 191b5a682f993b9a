import { enableHigherOrderGradients } from '@ganjs/autodiff';
import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { evaluate, number, refuses } from '../../test/evaluate.js';
import { drift, gradientPenalty, interpolate, oneSidedGradientPenalty } from './gradientPenalty.js';

/** A linear critic: the gradient is `slopes` everywhere. */
const linear = (slopes: number[]) => (x: tf.Tensor) =>
  tf.matMul(x as tf.Tensor2D, tf.tensor2d(slopes, [slopes.length, 1]));

it('of 3x + 4y is (5 - 1)², wherever it is taken', () => {
  expect(number(() => tf.mul(10, gradientPenalty(linear([3, 4]), tf.tensor2d([[7, -2]]))))).toBeCloseTo(
    160,
    3,
  );
  expect(number(() => gradientPenalty(linear([0, 0]), tf.ones([3, 2])))).toBeCloseTo(1, 6);
});

it('of x² between (1, 0) and (0, 0), a quarter of the way, is (1.5 - 1)²', () => {
  const penalty = number(() => {
    const points = interpolate(tf.tensor2d([[1, 0]]), tf.tensor2d([[0, 0]]), tf.tensor1d([0.25]));
    return gradientPenalty((x) => tf.square(tf.slice(x, [0, 0], [-1, 1])), points);
  });
  expect(10 * penalty).toBeCloseTo(2.5, 5);
});

it('counts only long gradients on one side', () => {
  const points = () => tf.ones([2, 2]);
  expect(number(() => oneSidedGradientPenalty(linear([0.3, 0.4]), points()))).toBe(0);
  expect(number(() => oneSidedGradientPenalty(linear([3, 4]), points()))).toBeCloseTo(16, 4);
});

it('sums the patches of a sample, and takes the norm over height, width and channels', () => {
  const critic = (x: tf.Tensor) => tf.mul(x, 2);
  // 12 gradients of 2 in each sample: a norm of √48.
  const penalty = number(() => gradientPenalty(critic, tf.ones([5, 2, 2, 3])));
  expect(penalty).toBeCloseTo((Math.sqrt(48) - 1) ** 2, 4);
});

it('trains a variable: the derivative through a saturated critic stays finite', () => {
  enableHigherOrderGradients();
  tf.tidy(() => {
    const w = tf.variable(tf.tensor2d([[0], [0]]));
    const { value, grads } = tf.variableGrads(() =>
      gradientPenalty(
        (x) => tf.tanh(tf.matMul(x as tf.Tensor2D, w as unknown as tf.Tensor2D)),
        tf.ones([3, 2]),
      ),
    );
    expect(value.dataSync()[0]).toBeCloseTo(1, 6);
    expect(Object.values(grads).flatMap((g) => Array.from(g.dataSync()))).toEqual([0, 0]);
    w.dispose();
  });
});

it('interpolates with one weight a sample', () => {
  const points = () => interpolate(tf.zeros([2, 2]), tf.ones([2, 2]), tf.tensor([0.25, 1], [2, 1]));
  expect(evaluate(points)).toEqual([0.25, 0.25, 1, 1]);
  refuses(() => interpolate(tf.zeros([2, 2]), tf.zeros([3, 2]), tf.zeros([2])), ShapeError);
  refuses(
    () => interpolate(tf.zeros([2, 2]), tf.zeros([2, 2]), tf.zeros([2, 2])),
    ShapeError,
    /one value a sample/,
  );
});

it('keeps scores from drifting', () => {
  expect(0.001 * number(() => drift(tf.tensor1d([1, 2])))).toBeCloseTo(0.0025, 8);
});

it('refuses samples without a batch axis', () => {
  refuses(() => gradientPenalty(linear([1, 1]), tf.ones([2])), ShapeError, /\[N, …\]/);
});
