import { NonFiniteError, OptionError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { evaluate, refuses } from '../../test/support.js';
import { adaptProbability, overfitting } from './adaptProbability.js';

it('takes the mean sign of the scores', () => {
  expect(evaluate(() => overfitting(tf.tensor2d([[3], [0.1], [-5], [2]])))).toEqual([0.5]);
});

it("moves in the paper's steps: 5.12e-4 for four batches of 64", () => {
  let p = 0;
  for (let call = 0; call < 100; call++) p = adaptProbability(p, 0.9, 4 * 64);
  expect(p).toBeCloseTo(0.0512, 10);
  expect(adaptProbability(p, 0.3, 4 * 64)).toBeCloseTo(99 * 5.12e-4, 10);
  expect(adaptProbability(0.5, 0.6, 256)).toBe(0.5);
  expect(adaptProbability(0, 1, 1000, { kimg: 100 })).toBeCloseTo(0.01, 10);
});

it('stays in [0, 1]', () => {
  expect(adaptProbability(0, -1, 1e6)).toBe(0);
  expect(adaptProbability(0.9, 1, 1e6)).toBe(1);
});

it('holds the overfitting at its target', () => {
  // A world in which augmentation works against overfitting: r_t = 1 - p.
  let p = 0;
  for (let call = 0; call < 2000; call++) p = adaptProbability(p, 1 - p, 256);
  expect(p).toBeCloseTo(0.4, 2);
});

it('refuses NaN, which would stay for ever', () => {
  refuses(() => adaptProbability(0.1, Number.NaN, 256), NonFiniteError, /checkpoint/);
  refuses(() => adaptProbability(Number.NaN, 0, 256), OptionError);
  refuses(() => adaptProbability(0.1, 0, 256, { kimg: 0 }), OptionError);
});
