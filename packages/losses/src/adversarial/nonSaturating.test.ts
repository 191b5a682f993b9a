import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { evaluate, fake, number, real } from '../../test/evaluate.js';
import { nonSaturating } from './nonSaturating.js';

it('has the worked-out values', () => {
  expect(number(() => nonSaturating().discriminator(real(), fake()))).toBeCloseTo(1.1941718335, 5);
  expect(number(() => nonSaturating().generator(fake()))).toBeCloseTo(0.6436693358, 5);
  const one = () => tf.tensor1d([1, 2]);
  const other = () => tf.tensor1d([-1, 0.5]);
  expect(number(() => nonSaturating().discriminator(one(), other()))).toBeCloseTo(0.86376417, 5);
  expect(number(() => nonSaturating().generator(other()))).toBeCloseTo(0.89366931, 5);
});

it('starts at 2 ln 2 and ln 2', () => {
  const zeros = () => tf.zeros([3, 1]);
  expect(number(() => nonSaturating().discriminator(zeros(), zeros()))).toBeCloseTo(2 * Math.LN2, 6);
  expect(number(() => nonSaturating().generator(zeros()))).toBeCloseTo(Math.LN2, 6);
});

it('smooths the labels of D alone', () => {
  const smoothed = nonSaturating({ realTarget: 0.9 });
  expect(number(() => smoothed.discriminator(real(), fake()))).toBeCloseTo(1.3191718335, 5);
  expect(number(() => smoothed.generator(fake()))).toBeCloseTo(0.6436693358, 5);
  // The optimum for equal distributions is D* = 0.45, the logit of which is -0.2006707.
  const optimal = () => tf.tensor1d([-0.2006707]);
  expect(number(() => smoothed.discriminator(optimal(), optimal()))).toBeCloseTo(1.3762776, 5);
});

it('with target 0.75, less its entropy, is the divergence of improved-gan', () => {
  const entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
  const { discriminator } = nonSaturating({ realTarget: 0.75 });
  const fakePart = number(() => nonSaturating().generator(tf.neg(fake())));
  expect(number(() => discriminator(real(), fake())) - fakePart - entropy).toBeCloseTo(0.050667353, 5);
});

it('with targets 1 and 0 equals the hard labels exactly', () => {
  const hard = evaluate(() => nonSaturating().discriminator(real(), fake()));
  expect(
    evaluate(() => nonSaturating({ realTarget: 1, fakeTarget: 0 }).discriminator(real(), fake())),
  ).toEqual(hard);
});
