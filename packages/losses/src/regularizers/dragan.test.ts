import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { number, refuses } from '../../test/evaluate.js';
import { dragan } from './dragan.js';

it('looks half a standard deviation around the reals', () => {
  // Reals 0 and 2: deviation 1. With noise 1 and weight 1 the points are 0.5 and 2.5, where the gradient of x² is 1 and 5.
  const penalty = number(() =>
    dragan((x) => tf.square(x), tf.tensor2d([[0], [2]]), tf.ones([2, 1]), tf.ones([2])),
  );
  expect(penalty).toBeCloseTo((0 + 16) / 2, 5);
});

it('refuses noise of another shape', () => {
  refuses(() => dragan((x) => x, tf.ones([2, 3]), tf.ones([2, 1]), tf.ones([2])), ShapeError);
});
