import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { deviation, evaluate, mean } from '../../test/support.js';
import { drawBlit, drawGeneral, type Geometry, transformGeometry } from './geometry.js';

const still: Geometry = {
  flip: false,
  quarterTurns: 0,
  shiftX: 0,
  shiftY: 0,
  scale: 1,
  turnBefore: 0,
  turnAfter: 0,
  stretch: 1,
  moveX: 0,
  moveY: 0,
};
/** Nine pixels, 1 to 9. */
const nine = () => tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
const move = (change: Partial<Geometry>) =>
  evaluate(() => transformGeometry(nine(), [{ ...still, ...change }]));

it('copies pixels when only whole ones move', () => {
  expect(move({})).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(move({ flip: true })).toEqual([3, 2, 1, 6, 5, 4, 9, 8, 7]);
  expect(move({ quarterTurns: 1 })).toEqual([7, 4, 1, 8, 5, 2, 9, 6, 3]);
  expect(move({ quarterTurns: 2 })).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(move({ shiftX: 1, shiftY: -1 })).toEqual([5, 4, 5, 8, 7, 8, 5, 4, 5]);
});

it('resamples only the images that need it', () => {
  const [copied, resampled] = tf.tidy(() => {
    const both = tf.concat([nine(), nine()]) as tf.Tensor4D;
    const out = transformGeometry(both, [
      { ...still, flip: true },
      { ...still, moveX: 0.5 },
    ]);
    return tf.unstack(out).map((image) => Array.from(image.dataSync()));
  });
  expect(copied).toEqual([3, 2, 1, 6, 5, 4, 9, 8, 7]);
  expect(resampled).not.toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

const n = 20_000;

it('draws the pixel blitting of the paper', () => {
  const blit = drawBlit(stream(1), n, 1, 32, 64);
  const all = Array.from({ length: n }, (_, i) => blit(i));
  expect(mean(all.map((g) => Number(g.flip)))).toBeCloseTo(0.5, 1);
  expect(
    [0, 1, 2, 3].every((k) => Math.abs(all.filter((g) => g.quarterTurns === k).length / n - 0.25) < 0.02),
  ).toBe(true);
  expect(Math.max(...all.map((g) => g.shiftX))).toBe(8);
  expect(Math.min(...all.map((g) => g.shiftY))).toBe(-4);
  const sometimes = drawBlit(stream(2), n, 0.2, 32, 32);
  expect(mean(Array.from({ length: n }, (_, i) => Number(sometimes(i).flip)))).toBeCloseTo(0.1, 1);
});

it('draws the geometry of the paper: either rotation fires with probability p', () => {
  const always = drawGeneral(stream(3), n, 1, 32, 64);
  const all = Array.from({ length: n }, (_, i) => always(i));
  expect(deviation(all.map((g) => Math.log2(g.scale)))).toBeCloseTo(0.2, 2);
  expect(deviation(all.map((g) => Math.log2(g.stretch)))).toBeCloseTo(0.2, 2);
  expect(deviation(all.map((g) => g.turnBefore))).toBeCloseTo(Math.PI / Math.sqrt(3), 1);
  expect(deviation(all.map((g) => g.moveX / 64))).toBeCloseTo(0.125, 2);
  expect(deviation(all.map((g) => g.moveY / 32))).toBeCloseTo(0.125, 2);
  const sometimes = drawGeneral(stream(4), n, 0.36, 32, 32);
  const some = Array.from({ length: n }, (_, i) => sometimes(i));
  expect(mean(some.map((g) => Number(g.turnBefore !== 0)))).toBeCloseTo(0.2, 1);
  expect(mean(some.map((g) => Number(g.turnBefore !== 0 || g.turnAfter !== 0)))).toBeCloseTo(0.36, 1);
  expect(mean(some.map((g) => Number(g.scale !== 1)))).toBeCloseTo(0.36, 1);
});
