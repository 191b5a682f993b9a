import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { deviation, difference, evaluate, mean } from '../../test/support.js';
import { type Color, drawColor, transformColor } from './color.js';

const still: Color = { brightness: 0, contrast: 1, lumaFlip: false, hue: 0, saturation: 1 };
const transform = (pixel: number[], change: Partial<Color>) =>
  evaluate(() => transformColor(tf.tensor4d(pixel, [1, 1, 1, 3]), [{ ...still, ...change }]));

it('leaves colors as they are when nothing happens', () => {
  expect(difference(transform([0.2, -0.7, 1], {}), [0.2, -0.7, 1])).toBeLessThan(1e-6);
});

it('has the worked-out values', () => {
  expect(difference(transform([1, 0, 0], { brightness: 0.25 }), [1.25, 0.25, 0.25])).toBeLessThan(1e-6);
  expect(difference(transform([1, 0, 0], { lumaFlip: true }), [1 / 3, -2 / 3, -2 / 3])).toBeLessThan(1e-6);
  expect(difference(transform([1, 0, 0], { hue: (2 * Math.PI) / 3 }), [0, 1, 0])).toBeLessThan(1e-6);
  expect(difference(transform([1, 0.5, 0], { saturation: 0 }), [0.5, 0.5, 0.5])).toBeLessThan(1e-6);
});

it('flips luma back', () => {
  const once = transform([0.3, -0.4, 0.9], { lumaFlip: true });
  expect(difference(transform(once, { lumaFlip: true }), [0.3, -0.4, 0.9])).toBeLessThan(1e-6);
});

it('treats grey images as grey pixels of color images', () => {
  const change = { brightness: 0.1, contrast: 1.5, lumaFlip: true, hue: 1, saturation: 2 };
  const grey = evaluate(() => transformColor(tf.tensor4d([0.4], [1, 1, 1, 1]), [change]));
  expect(difference(transform([0.4, 0.4, 0.4], change), [grey[0]!, grey[0]!, grey[0]!])).toBeLessThan(1e-6);
});

it('draws the distributions of the paper', () => {
  const n = 20_000;
  const always = drawColor(stream(1), n, 1);
  expect(deviation(always.map((c) => c.brightness))).toBeCloseTo(0.2, 2);
  expect(deviation(always.map((c) => Math.log2(c.contrast)))).toBeCloseTo(0.5, 2);
  expect(deviation(always.map((c) => Math.log2(c.saturation)))).toBeCloseTo(1, 1);
  expect(deviation(always.map((c) => c.hue))).toBeCloseTo(Math.PI / Math.sqrt(3), 1);
  expect(mean(always.map((c) => Number(c.lumaFlip)))).toBeCloseTo(0.5, 1);
  const sometimes = drawColor(stream(2), n, 0.3);
  expect(mean(sometimes.map((c) => Number(c.brightness !== 0)))).toBeCloseTo(0.3, 1);
  expect(mean(sometimes.map((c) => Number(c.lumaFlip)))).toBeCloseTo(0.15, 1);
});
