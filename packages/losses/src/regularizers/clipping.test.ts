import { OptionError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { evaluate, refuses } from '../../test/evaluate.js';
import { clipSpectralNorm, clipWeights } from './clipping.js';

it('clips every weight', () => {
  const clipped = evaluate(() => clipWeights(tf.tensor1d([-1, 0.25, 0.75]), 0.5));
  expect(clipped).toEqual([-0.5, 0.25, 0.5]);
});

it('shrinks kernels beyond the limit and no others', () => {
  const kernel = () =>
    tf.tensor2d([
      [3, 0],
      [0, 1],
    ]);
  expect(evaluate(() => clipSpectralNorm(kernel(), tf.scalar(3), 1.5))).toEqual([1.5, 0, 0, 0.5]);
  expect(evaluate(() => clipSpectralNorm(kernel(), tf.scalar(3), 4))).toEqual([3, 0, 0, 1]);
});

it('refuses limits that clip everything away', () => {
  refuses(() => clipWeights(tf.ones([1]), -0.01), OptionError);
  refuses(() => clipSpectralNorm(tf.ones([1, 1]), tf.scalar(1), 0), OptionError);
});
