import { ShapeError } from '@ganjs/errors';
import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { evaluate, fake, real, refuses } from '../../test/evaluate.js';
import { flipLabels } from './flipLabels.js';
import { hinge } from './hinge.js';

it('exchanges the flipped samples and no others', () => {
  expect(evaluate(() => flipLabels(real(), fake(), [0, 1]).real)).toEqual([0.5, 1]);
  expect(evaluate(() => flipLabels(real(), fake(), [0, 1]).fake)).toEqual([-0.5, 2]);
  expect(evaluate(() => flipLabels(real(), fake(), tf.tensor1d([true, false], 'bool')).real)).toEqual([
    -0.5, 2,
  ]);
});

it('survives scores whose difference float32 cannot hold', () => {
  const huge = () => tf.tensor1d([1e30]);
  expect(evaluate(() => flipLabels(huge(), tf.tensor1d([1]), [1]).real)).toEqual([1]);
});

it('flips the share that a stream was asked for', () => {
  const n = 4000;
  const flips = stream(3, 'flips').mask(n, 0.05);
  const flipped = evaluate(() => tf.sum(flipLabels(tf.zeros([n, 1]), tf.ones([n, 1]), flips).real))[0]!;
  expect(flipped / n).toBeGreaterThan(0.035);
  expect(flipped / n).toBeLessThan(0.065);
});

it('turns the game around when all are flipped', () => {
  const flipped = evaluate(() => {
    const swapped = flipLabels(real(), fake(), [1, 1]);
    return hinge.discriminator(swapped.real, swapped.fake);
  });
  expect(flipped).toEqual(evaluate(() => hinge.discriminator(fake(), real())));
});

it('refuses flips that do not fit the batch', () => {
  refuses(() => flipLabels(real(), fake(), [1]), ShapeError, /flips of shape \[1\]/);
});
