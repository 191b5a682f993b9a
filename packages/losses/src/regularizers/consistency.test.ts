import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { number, refuses } from '../../test/evaluate.js';
import { consistency } from './consistency.js';
import { latentConsistency } from './latentConsistency.js';

it('has the worked-out value', () => {
  const penalty = number(() => consistency(tf.tensor1d([0.5, 2]), tf.tensor1d([0.4, 1.7])));
  expect(10 * penalty).toBeCloseTo(0.5, 5);
});

it('rewards G for what it punishes in D', () => {
  const a = () => tf.tensor2d([[1, 2]]);
  const b = () => tf.tensor2d([[1, 4]]);
  expect(number(() => latentConsistency.discriminator(a(), b()))).toBe(2);
  expect(number(() => latentConsistency.generator(a(), b()))).toBe(-2);
});

it('refuses batches of different sizes', () => {
  refuses(() => consistency(tf.ones([2]), tf.ones([3])), ShapeError);
  refuses(() => latentConsistency.generator(tf.ones([2, 2]), tf.ones([2, 1])), ShapeError);
});
