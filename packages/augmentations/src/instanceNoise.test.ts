import { OptionError } from '@ganjs/errors';
import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { deviation, evaluate, images, mean, refuses } from '../test/support.js';
import { annealed, instanceNoise } from './instanceNoise.js';

it('adds noise of the given deviation', () => {
  const noise = evaluate(() => instanceNoise(0.2)(tf.zeros([10, 32, 32, 3]), stream(1)));
  expect(deviation(noise)).toBeCloseTo(0.2, 2);
  expect(mean(noise)).toBeCloseTo(0, 2);
});

it('leaves images as they are with deviation 0', () => {
  expect(evaluate(() => instanceNoise(0)(images([2, 4, 4, 1]), stream(1)))).toEqual(
    evaluate(() => images([2, 4, 4, 1])),
  );
});

it('lets the gradient pass unchanged', () => {
  const gradient = evaluate(() =>
    tf.grad((x: tf.Tensor) => tf.sum(instanceNoise(1)(x as tf.Tensor4D, stream(1))))(tf.ones([1, 2, 2, 1])),
  );
  expect(gradient).toEqual([1, 1, 1, 1]);
});

it('anneals to zero', () => {
  expect(annealed(0.1, 25, 100)).toBeCloseTo(0.075, 10);
  expect(annealed(0.1, 0, 100)).toBe(0.1);
  expect(annealed(0.1, 200, 100)).toBe(0);
});

it('refuses negative deviations', () => {
  refuses(() => instanceNoise(-0.1), OptionError, /deviation = -0.1/);
  refuses(() => annealed(0.1, 0, 0), OptionError);
});
