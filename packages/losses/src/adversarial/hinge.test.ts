import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { fake, number, real } from '../../test/evaluate.js';
import { hinge } from './hinge.js';

it('has the worked-out values', () => {
  expect(number(() => hinge.discriminator(real(), fake()))).toBeCloseTo(1.5, 6);
  expect(number(() => hinge.generator(fake()))).toBeCloseTo(-0.25, 6);
  expect(number(() => hinge.discriminator(tf.tensor1d([1, 2]), tf.tensor1d([-1, 0.5])))).toBeCloseTo(0.75, 6);
});

it('lets D rest beyond the margin', () => {
  tf.tidy(() => {
    const gradient = tf.grad((r: tf.Tensor) => hinge.discriminator(r, fake()))(tf.tensor1d([1.5, 0.5]));
    expect(Array.from(gradient.dataSync())).toEqual([-0, -0.5]);
  });
});
