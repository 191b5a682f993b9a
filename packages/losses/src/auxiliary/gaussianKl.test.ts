import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { number, refuses } from '../../test/evaluate.js';
import { gaussianKl } from './gaussianKl.js';

it('has the worked-out values', () => {
  const ln = Math.log;
  expect(number(() => gaussianKl(tf.tensor2d([[1, -0.5]]), tf.tensor2d([[0, ln(4)]])))).toBeCloseTo(
    1.43185282,
    6,
  );
  // AttnGAN's code takes the mean over two dimensions.
  const attn = number(() => gaussianKl(tf.tensor2d([[1, 0]]), tf.tensor2d([[0, ln(2)]])));
  expect(attn / 2).toBeCloseTo(0.3267132, 6);
  expect(number(() => gaussianKl(tf.zeros([3, 5]), tf.zeros([3, 5])))).toBe(0);
});

it('refuses variances of another shape', () => {
  refuses(() => gaussianKl(tf.zeros([3, 5]), tf.zeros([3, 1])), ShapeError);
});
