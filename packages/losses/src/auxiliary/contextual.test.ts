import { OptionError, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { number, refuses } from '../../test/evaluate.js';
import { contextual } from './contextual.js';

const target = () =>
  tf.tensor3d([
    [
      [1, 0],
      [0, 1],
      [-1, -1],
    ],
  ]);

it('has the worked-out values', () => {
  const features = () =>
    tf.tensor3d([
      [
        [1, 1],
        [-1, 1],
        [0, -2],
      ],
    ]);
  expect(number(() => contextual(features(), target()))).toBeCloseTo(0.188722, 5);
  expect(number(() => contextual(target(), target()))).toBeCloseTo(0, 5);
});

it('is log N when all points are one', () => {
  expect(number(() => contextual(tf.fill([1, 3, 2], 1), target()))).toBeCloseTo(Math.log(3), 3);
});

it('does not care about the order of the points', () => {
  const shuffled = () =>
    tf.tensor3d([
      [
        [-1, -1],
        [1, 0],
        [0, 1],
      ],
    ]);
  expect(number(() => contextual(shuffled(), target()))).toBeCloseTo(0, 5);
});

it('refuses features of different layers', () => {
  refuses(() => contextual(tf.ones([1, 3, 4]), target()), ShapeError, /equal batch sizes and channels/);
  refuses(() => contextual(target(), target(), { bandwidth: 0 }), OptionError);
});
