import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { fake, number, real, refuses } from '../../test/evaluate.js';
import { MissingInputError } from '../errors.js';
import type { AdversarialLoss } from './adversarialLoss.js';
import { nonSaturating } from './nonSaturating.js';
import { relativisticAverage } from './relativisticAverage.js';

it('has the worked-out values: the sum of two terms', () => {
  const loss = relativisticAverage(nonSaturating());
  expect(number(() => loss.discriminator(real(), fake()))).toBeCloseTo(2 * 0.3680817852, 5);
  expect(number(() => loss.generator(fake(), real()))).toBeCloseTo(2 * 1.3680817852, 5);
});

it('takes batches of different sizes', () => {
  const loss = relativisticAverage(nonSaturating());
  expect(number(() => loss.discriminator(tf.zeros([3, 1]), tf.zeros([5, 1])))).toBeCloseTo(2 * Math.LN2, 6);
});

it('refuses the generator step without reals', () => {
  const general: AdversarialLoss = relativisticAverage(nonSaturating());
  refuses(() => general.generator(fake()), MissingInputError);
});
