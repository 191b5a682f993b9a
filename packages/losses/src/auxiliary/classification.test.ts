import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { number, refuses } from '../../test/evaluate.js';
import { classification } from './classification.js';
import { categoricalInformation, gaussianInformation } from './mutualInformation.js';
import { projection } from './projection.js';

const labels = (...values: number[]) => tf.tensor1d(values, 'int32');

it('classification has the worked-out values', () => {
  expect(number(() => classification(tf.tensor2d([[2, 0, -1]]), labels(0)))).toBeCloseTo(0.1698460196, 6);
  expect(number(() => classification(tf.zeros([4, 10]), labels(0, 3, 5, 9)))).toBeCloseTo(Math.log(10), 6);
});

it('classification refuses one-hot rows and float labels', () => {
  refuses(() => classification(tf.zeros([2, 3]), tf.ones([2, 3])), ShapeError, /argMax/);
  refuses(() => classification(tf.zeros([2, 3]), tf.ones([2])), ShapeError, /int32/);
  refuses(() => classification(tf.zeros([2]), labels(0, 1)), ShapeError);
});

it('categoricalInformation is minus the bound on the information', () => {
  const logits = () =>
    tf.log(
      tf.tensor2d([
        [0.7, 0.1, 0.2],
        [0.2, 0.5, 0.3],
      ]),
    );
  expect(number(() => categoricalInformation(logits(), labels(0, 1)))).toBeCloseTo(-0.5737012, 6);
  expect(number(() => categoricalInformation(tf.zeros([1, 10]), labels(4)))).toBeCloseTo(0, 6);
});

it('gaussianInformation has the worked-out value', () => {
  const codes = () => tf.tensor2d([[0.5], [-0.2]]);
  const mean = () => tf.tensor2d([[0.1], [0.3]]);
  const unnormalized = number(() => gaussianInformation(codes(), mean(), { priorEntropy: 0 }));
  expect(unnormalized).toBeCloseTo(1.0214385332, 6);
  expect(number(() => gaussianInformation(codes(), mean()))).toBeCloseTo(1.0214385332 - Math.LN2, 6);
  refuses(() => gaussianInformation(codes(), tf.ones([2, 2])), ShapeError);
});

it('projection adds how well the image fits its condition', () => {
  const score = () => projection(tf.tensor2d([[1]]), tf.tensor2d([[1, 2, 3]]), tf.tensor2d([[0, 1, -1]]));
  expect(number(score)).toBe(0);
  refuses(() => projection(tf.ones([2, 1]), tf.ones([2, 3]), tf.ones([2, 4])), ShapeError);
  refuses(
    () => projection(tf.ones([3, 1]), tf.ones([2, 3]), tf.ones([2, 3])),
    ShapeError,
    /one unconditional score/i,
  );
});
