import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { number, refuses } from '../../test/evaluate.js';
import { globalNorm } from './globalNorm.js';

it('is the norm of all gradients together', () => {
  expect(number(() => globalNorm([tf.tensor1d([3, 0]), tf.tensor2d([[4]])]))).toBe(5);
});

it('shows NaN and refuses nothing at all', () => {
  expect(number(() => globalNorm([tf.scalar(Number.NaN), tf.scalar(1)]))).toBeNaN();
  refuses(() => globalNorm([]), ShapeError, /trainable weights/);
});
