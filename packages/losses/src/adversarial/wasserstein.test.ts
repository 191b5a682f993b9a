import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { fake, number, real, refuses } from '../../test/evaluate.js';
import { wasserstein } from './wasserstein.js';

it('has the worked-out values', () => {
  expect(number(() => wasserstein.discriminator(real(), fake()))).toBeCloseTo(-1, 6);
  expect(number(() => wasserstein.generator(fake()))).toBeCloseTo(-0.25, 6);
});

it('does not notice a constant added to the critic', () => {
  const shifted = number(() => wasserstein.discriminator(tf.add(real(), 7), tf.add(fake(), 7)));
  expect(shifted).toBeCloseTo(-1, 5);
});

it('refuses scores that were averaged already', () => {
  refuses(() => wasserstein.discriminator(tf.mean(real()), tf.mean(fake())), ShapeError);
});
