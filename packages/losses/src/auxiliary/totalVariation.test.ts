import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { evaluate, number, refuses } from '../../test/evaluate.js';
import { totalVariation } from './totalVariation.js';

it('sums the steps of each image and averages over the batch', () => {
  // 1 2 / 4 8: down 3 + 6, right 1 + 4.
  const images = () => tf.tensor4d([1, 2, 4, 8, 0, 0, 0, 0], [2, 2, 2, 1]);
  expect(number(() => totalVariation(images()))).toBe(7);
});

it('does not pull at flat areas', () => {
  const slopes = evaluate(() => tf.grad(totalVariation)(tf.ones([1, 3, 3, 2])));
  expect(slopes.every((slope) => slope === 0)).toBe(true);
});

it('is 0 for one pixel, and refuses images without a batch', () => {
  expect(number(() => totalVariation(tf.ones([1, 1, 1, 3])))).toBe(0);
  refuses(() => totalVariation(tf.ones([2, 2, 1])), ShapeError);
});
