import { OptionError, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { fake, number, real, refuses } from '../../test/evaluate.js';
import { minimax } from './minimax.js';

it('has the worked-out values', () => {
  expect(number(() => minimax().discriminator(real(), fake()))).toBeCloseTo(1.1941718335, 5);
  expect(number(() => minimax().generator(fake()))).toBeCloseTo(-0.8936693358, 5);
});

it('is a zero-sum game up to the real term: G climbs where D falls', () => {
  tf.tidy(() => {
    const { discriminator, generator } = minimax();
    const forD = tf.grad((f: tf.Tensor) => discriminator(real(), f))(fake());
    const forG = tf.grad((f: tf.Tensor) => generator(f))(fake());
    expect(Array.from(forG.dataSync())).toEqual(Array.from(tf.neg(forD).dataSync()));
  });
});

it('refuses targets that are no probabilities and scores without a batch', () => {
  refuses(() => minimax({ realTarget: 1.1 }), OptionError);
  refuses(() => minimax({ fakeTarget: -0.1 }), OptionError, /fakeTarget = -0.1.*>= 0 and <= 1/);
  refuses(() => minimax({ realTarget: Number.NaN }), OptionError);
  refuses(() => minimax().discriminator(tf.scalar(1), fake()), ShapeError);
  refuses(() => minimax().generator(tf.zeros([0, 1])), ShapeError, /before any mean/);
  refuses(() => minimax().generator(tf.tensor1d([1], 'int32')), ShapeError, /int32/);
});
