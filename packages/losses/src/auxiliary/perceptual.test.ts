import { OptionError, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { evaluate, number, refuses } from '../../test/evaluate.js';
import { gram, perceptual, style } from './perceptual.js';

/** Five layers that see the image itself. */
const fiveTaps = (images: tf.Tensor4D) => Array.from({ length: 5 }, () => tf.clone(images));
const ones = () => tf.ones([1, 2, 2, 1]) as tf.Tensor4D;
const zeros = () => tf.zeros([1, 2, 2, 1]) as tf.Tensor4D;

it("sums the layers as Pix2PixHD's VGG loss does", () => {
  const options = { weights: [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1], distance: 'l1' } as const;
  expect(10 * number(() => perceptual(fiveTaps, ones(), zeros(), options))).toBeCloseTo(14.6875, 5);
});

it('is 0 for equal images', () => {
  expect(number(() => perceptual(fiveTaps, ones(), ones()))).toBe(0);
  expect(number(() => style(fiveTaps, ones(), ones()))).toBe(0);
});

it('gram has the worked-out values', () => {
  // Channels [1, 2, 3, 4] and [0, 1, 1, 0] of 2 x 2 pixels.
  const features = () => tf.tensor4d([1, 0, 2, 1, 3, 1, 4, 0], [1, 2, 2, 2]);
  expect(evaluate(() => gram(features()))).toEqual([3.75, 0.625, 0.625, 0.25]);
});

it('style does not care where things are', () => {
  const image = () => tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
  const moved = () => tf.tensor4d([4, 3, 2, 1], [1, 2, 2, 1]);
  expect(number(() => style(fiveTaps, image(), moved()))).toBe(0);
  expect(number(() => perceptual(fiveTaps, image(), moved()))).toBeGreaterThan(0);
});

it('refuses weights that do not match the layers', () => {
  refuses(() => perceptual(fiveTaps, ones(), zeros(), { weights: [1] }), OptionError, /for 5 feature maps/);
  refuses(() => perceptual(fiveTaps, ones(), zeros(), { weights: [1, 1, 1, 1, -1] }), OptionError);
  refuses(() => perceptual(() => [], ones(), zeros()), ShapeError, /at least one/);
  refuses(() => perceptual(fiveTaps, tf.ones([2, 2, 1]) as unknown as tf.Tensor4D, zeros()), ShapeError);
});
