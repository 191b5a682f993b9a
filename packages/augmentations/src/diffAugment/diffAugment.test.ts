import { ShapeError } from '@ganjs/errors';
import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { difference, evaluate, images, refuses } from '../../test/support.js';
import { UnknownAugmentationError } from '../errors.js';
import { contrast, saturation } from './color.js';
import { type DiffAugmentPolicy, diffAugment } from './diffAugment.js';

it('is a pure function of images and stream', () => {
  const run = (seed: number) => evaluate(() => diffAugment()(images([3, 8, 8, 3]), stream(seed)));
  expect(run(1)).toEqual(run(1));
  expect(run(1)).not.toEqual(run(2));
});

it('leaves images as they are for factors of 1', () => {
  const x = () => images([2, 4, 4, 3]);
  const ones = new Float32Array(2).fill(1);
  expect(
    difference(
      evaluate(() => saturation(x(), ones)),
      evaluate(x),
    ),
  ).toBeLessThan(1e-6);
  expect(
    difference(
      evaluate(() => contrast(x(), ones)),
      evaluate(x),
    ),
  ).toBeLessThan(1e-6);
});

it('translates by up to an eighth, every whole number of pixels', () => {
  const n = 400;
  // Pixels know their column: a constant shift appears at the image's middle.
  const columns = () => tf.tile(tf.reshape(tf.range(0, 32), [1, 1, 32, 1]), [n, 32, 1, 1]) as tf.Tensor4D;
  const moved = evaluate(() =>
    tf.slice(diffAugment(['translation'])(columns(), stream(1)), [0, 16, 16, 0], [n, 1, 1, 1]),
  );
  const shifts = [...new Set(moved.map((column) => 16 - column))].sort((a, b) => a - b);
  expect(shifts).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4]);
});

it('cuts out a square of half the size, or the part of it that is inside', () => {
  const n = 300;
  const holes = evaluate(() =>
    tf.sub(32 * 32, tf.sum(diffAugment(['cutout'])(tf.ones([n, 32, 32, 1]), stream(1)), [1, 2, 3])),
  );
  expect(Math.max(...holes)).toBe(16 * 16);
  // With its centre in a corner a quarter is inside.
  expect(Math.min(...holes)).toBeGreaterThanOrEqual(8 * 8);
  expect(Math.min(...holes)).toBeLessThan(12 * 12);
});

it('cuts every corner as often as any other', () => {
  const n = 2000;
  const share = (y: number, x: number) =>
    evaluate(() => {
      const cut = diffAugment(['cutout'])(tf.ones([n, 32, 32, 1]), stream(2));
      return tf.sub(1, tf.mean(tf.slice(cut, [0, y, x, 0], [n, 1, 1, 1])));
    })[0];
  // Of the 33 places for the centre along an axis, 9 reach an edge pixel.
  for (const [y, x] of [
    [0, 0],
    [0, 31],
    [31, 0],
    [31, 31],
  ] as const) {
    expect(share(y, x)).toBeGreaterThan((9 / 33) ** 2 - 0.02);
    expect(share(y, x)).toBeLessThan((9 / 33) ** 2 + 0.02);
  }
});

it('lets the gradient through outside of what is cut', () => {
  tf.tidy(() => {
    const x = tf.ones([2, 8, 8, 3]);
    const augment = (z: tf.Tensor) => diffAugment(['cutout'])(z as tf.Tensor4D, stream(4));
    const gradient = tf.grad((z: tf.Tensor) => tf.sum(augment(z)))(x);
    expect(Array.from(gradient.dataSync())).toEqual(Array.from(augment(x).dataSync()));
  });
});

it('refuses what it does not know', () => {
  refuses(
    () => diffAugment(['colour' as DiffAugmentPolicy]),
    UnknownAugmentationError,
    /"colour".* Did you mean "color"\?/,
  );
  refuses(() => diffAugment()(tf.ones([2, 8, 8, 3], 'int32'), stream(1)), ShapeError, /int32/);
});
