import { OptionError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { number, refuses } from '../../test/evaluate.js';
import { boundaryEquilibrium } from './boundaryEquilibrium.js';

const real = () => tf.tensor1d([0.1, 0.3]);
const fake = () => tf.tensor1d([0.05, 0.05]);

it('has the worked-out values', () => {
  const loss = boundaryEquilibrium();
  expect(number(() => loss.discriminator(real(), fake(), 0))).toBeCloseTo(0.2, 6);
  expect(number(() => loss.discriminator(real(), fake(), tf.scalar(0.5)))).toBeCloseTo(0.175, 6);
  expect(number(() => loss.generator(fake()))).toBeCloseTo(0.05, 6);
  expect(number(() => loss.nextK(0, real(), fake()))).toBeCloseTo(5e-5, 9);
  expect(number(() => loss.convergence(real(), fake()))).toBeCloseTo(0.25, 6);
});

it('keeps k in [0, 1]', () => {
  const eager = boundaryEquilibrium({ gain: 100 });
  expect(number(() => eager.nextK(0.5, real(), fake()))).toBe(1);
  expect(number(() => eager.nextK(0.5, fake(), real()))).toBe(0);
});

it('drives the energies into the proportion gamma', () => {
  const { nextK } = boundaryEquilibrium({ gamma: 0.5, gain: 0.1 });
  // A world in which a higher k lets the fake energy grow: fake = k.
  let k = 0;
  for (let step = 0; step < 400; step++) k = number(() => nextK(k, tf.tensor1d([0.8]), tf.tensor1d([k])));
  expect(k).toBeCloseTo(0.4, 4);
});

it('refuses options out of range', () => {
  refuses(() => boundaryEquilibrium({ gamma: 2 }), OptionError);
  refuses(() => boundaryEquilibrium({ gain: -1 }), OptionError);
});
