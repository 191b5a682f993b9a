import { OptionError } from '@ganjs/errors';
import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { difference, evaluate, images, refuses } from '../test/support.js';
import { classic } from './classic.js';

const off = { flip: false, rotation: 0, zoom: 0, contrast: 0 };
const x = () => images([4, 7, 9, 3]);

it('leaves images as they are when all is off', () => {
  expect(
    difference(
      evaluate(() => classic(off)(x(), stream(1))),
      evaluate(x),
    ),
  ).toBeLessThan(1e-5);
});

it('flips half the images', () => {
  const pair = () => tf.tile(tf.tensor4d([1, 2, 1, 2], [1, 2, 2, 1]), [1000, 1, 1, 1]) as tf.Tensor4D;
  const corners = evaluate(() =>
    tf.slice(classic({ ...off, flip: true })(pair(), stream(1)), [0, 0, 0, 0], [1000, 1, 1, 1]),
  );
  const flipped = corners.filter((corner) => Math.abs(corner - 2) < 1e-5).length;
  expect(flipped + corners.filter((corner) => Math.abs(corner - 1) < 1e-5).length).toBe(1000);
  expect(Math.abs(flipped - 500)).toBeLessThan(60);
});

it('zooms by up to a tenth', () => {
  // The slope of a slope is what a zoom changes.
  const slope = () => tf.tile(tf.reshape(tf.range(0, 21), [1, 1, 21, 1]), [200, 21, 1, 1]) as tf.Tensor4D;
  const slopes = evaluate(() => {
    const zoomed = classic({ ...off, zoom: 0.1 })(slope(), stream(2));
    const at = (column: number) => tf.slice(zoomed, [0, 10, column, 0], [200, 1, 1, 1]);
    return tf.div(tf.sub(at(14), at(6)), 8);
  });
  expect(Math.min(...slopes)).toBeGreaterThan(0.9 - 1e-4);
  expect(Math.min(...slopes)).toBeLessThan(0.92);
  expect(Math.max(...slopes)).toBeLessThan(1.1 + 1e-4);
  expect(Math.max(...slopes)).toBeGreaterThan(1.08);
});

it('keeps each channel mean when only the contrast changes', () => {
  const means = (f: () => tf.Tensor) => evaluate(() => tf.mean(f(), [1, 2]));
  const contrasted = () => classic({ ...off, contrast: 0.5 })(x(), stream(3));
  expect(difference(means(contrasted), means(x))).toBeLessThan(1e-5);
  expect(difference(evaluate(contrasted), evaluate(x))).toBeGreaterThan(0.1);
});

it('refuses numbers out of range', () => {
  refuses(() => classic({ zoom: 1 }), OptionError, /zoom = 1/);
  refuses(() => classic({ rotation: -0.1 }), OptionError);
});
