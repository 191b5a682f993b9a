import { OptionError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { fake, number, real, refuses } from '../../test/evaluate.js';
import { leastSquares } from './leastSquares.js';

it('has the worked-out values', () => {
  expect(number(() => leastSquares().discriminator(real(), fake()))).toBeCloseTo(0.625, 6);
  expect(number(() => leastSquares().generator(fake()))).toBeCloseTo(0.5625, 6);
  const pearson = leastSquares({ a: -1, b: 1, c: 0 });
  expect(number(() => pearson.discriminator(real(), fake()))).toBeCloseTo(1.375, 6);
  expect(number(() => pearson.generator(fake()))).toBeCloseTo(0.3125, 6);
});

it('starts at ½ for scores of zero', () => {
  expect(number(() => leastSquares().discriminator(tf.zeros([4]), tf.zeros([4])))).toBe(0.5);
  expect(number(() => leastSquares().generator(tf.zeros([4])))).toBe(0.5);
});

it('refuses targets that are no numbers', () => {
  refuses(() => leastSquares({ a: Number.NaN }), OptionError);
});
