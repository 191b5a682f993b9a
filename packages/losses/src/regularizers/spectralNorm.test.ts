import { OptionError, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { number, refuses } from '../../test/evaluate.js';
import { spectralNorm } from './spectralNorm.js';

// [in, out]: the transpose of the [out, in] matrix [[3, 0], [4, 5]], whose singular values are √45 and √5.
const kernel = () =>
  tf.tensor2d([
    [3, 4],
    [0, 5],
  ]);
const start = () => tf.tensor1d([1, 0]);

it('approaches the largest singular value from below', () => {
  const after = (iterations: number) => number(() => spectralNorm(kernel(), start(), iterations).sigma);
  expect(after(1)).toBeCloseTo(5, 5);
  expect(after(2)).toBeCloseTo(6.671746, 5);
  expect(after(3)).toBeCloseTo(6.7077496, 5);
  expect(after(50)).toBeCloseTo(Math.sqrt(45), 5);
});

it('goes on from the returned u', () => {
  const second = number(() => {
    const { u } = spectralNorm(kernel(), start());
    return spectralNorm(kernel(), u).sigma;
  });
  expect(second).toBeCloseTo(6.671746, 5);
});

it('has the gradient of W / σ with u and v held constant', () => {
  tf.tidy(() => {
    const normalized = (w: tf.Tensor) => tf.sum(tf.div(w, spectralNorm(w, start(), 50).sigma));
    const gradient = tf.grad(normalized)(kernel()).dataSync();
    [0.0894427, -0.0298142, 0.0894427, -0.0298142].map((want, i) => expect(gradient[i]).toBeCloseTo(want, 5));
  });
});

it('refuses a u of the wrong length', () => {
  refuses(() => spectralNorm(kernel(), tf.ones([3])), ShapeError, /one u for each kernel/);
  refuses(() => spectralNorm(kernel(), start(), 0), OptionError);
});
