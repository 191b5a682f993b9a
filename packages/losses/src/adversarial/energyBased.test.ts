import { OptionError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { number, refuses } from '../../test/evaluate.js';
import { energyBased } from './energyBased.js';

it('has the worked-out values: the hinge acts per sample', () => {
  const loss = energyBased({ margin: 1 });
  const real = () => tf.tensor1d([0.2, 0.4]);
  const fake = () => tf.tensor1d([0.7, 1.5]);
  expect(number(() => loss.discriminator(real(), fake()))).toBeCloseTo(0.45, 6);
  expect(number(() => loss.generator(fake()))).toBeCloseTo(1.1, 6);
});

it('refuses a negative margin', () => {
  refuses(() => energyBased({ margin: -1 }), OptionError, /margin = -1.*>= 0/);
});
