import { OptionError, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { evaluate, number, refuses } from '../../test/evaluate.js';
import { pathLength } from './pathLength.js';

/** Four pixels, a linear function of two numbers. */
const synthesize = (w: tf.Tensor) =>
  tf.reshape(
    tf.matMul(
      w as tf.Tensor2D,
      tf.tensor2d([
        [1, 2],
        [3, 4],
        [0, 1],
        [2, 0],
      ]),
      false,
      true,
    ),
    [-1, 2, 2, 1],
  );
const noise = () => tf.tensor4d([1, -1, 2, 0.5], [1, 2, 2, 1]);

it('has the worked-out values', () => {
  const run = (pick: 'lengths' | 'mean' | 'penalty') =>
    number(() => pathLength(synthesize, tf.tensor2d([[0.3, 0.7]]), noise(), 0)[pick]);
  expect(run('lengths')).toBeCloseTo(0.5, 6);
  expect(run('mean')).toBeCloseTo(0.005, 7);
  expect(2 * run('penalty')).toBeCloseTo(0.49005, 6);
});

it('goes on from a running mean', () => {
  const mean = number(() => pathLength(synthesize, tf.ones([1, 2]), noise(), tf.scalar(0.5)).mean);
  expect(mean).toBeCloseTo(0.5, 6);
});

it('averages over layers', () => {
  const layered = (w: tf.Tensor) => synthesize(tf.mean(w, 1));
  const lengths = evaluate(() => pathLength(layered, tf.ones([1, 2, 2]), noise(), 0).lengths);
  // Each of two layers has half the derivative.
  expect(lengths[0]).toBeCloseTo(0.25, 6);
});

it('refuses noise that does not fit the images', () => {
  refuses(() => pathLength(synthesize, tf.ones([1, 2]), tf.ones([1, 3, 3, 1]), 0), ShapeError);
  refuses(() => pathLength(synthesize, tf.ones([1, 2]), noise(), 0, 2), OptionError);
});
