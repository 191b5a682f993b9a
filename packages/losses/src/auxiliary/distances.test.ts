import { OptionError, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { evaluate, number, refuses } from '../../test/evaluate.js';
import { cycleConsistency, identityMapping } from './cycleConsistency.js';
import { charbonnier, l1, l2 } from './distances.js';

const a = () =>
  tf.tensor2d([
    [0, 2],
    [-1, 3],
  ]);
const b = () =>
  tf.tensor2d([
    [0, 0],
    [1, 0],
  ]);

it('has the worked-out values', () => {
  expect(number(() => l1(a(), b()))).toBe(7 / 4);
  expect(number(() => l2(a(), b()))).toBe(17 / 4);
  // √(3² + 4²) and √(0 + 4²).
  expect(number(() => charbonnier(tf.tensor1d([3, 0]), tf.zeros([2]), 4))).toBeCloseTo(4.5, 6);
  expect(number(() => cycleConsistency(a(), b()))).toBe(7 / 4);
  expect(number(() => identityMapping(a(), b()))).toBe(7 / 4);
});

it('has a gradient at equality', () => {
  const slopeAtZero = (loss: (x: tf.Tensor, y: tf.Tensor) => tf.Scalar) =>
    evaluate(() => tf.grad((x: tf.Tensor) => loss(x, tf.zeros([2])))(tf.zeros([2])));
  for (const loss of [l1, l2, charbonnier]) expect(slopeAtZero(loss).map(Math.abs)).toEqual([0, 0]);
});

it('refuses images of different sizes', () => {
  refuses(() => l1(a(), tf.zeros([2, 3])), ShapeError, /\[2,2\] and target \[2,3\]/);
  refuses(() => l2(a(), tf.zeros([2])), ShapeError);
  refuses(() => charbonnier(a(), b(), 0), OptionError);
});
