import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { imagePool } from './imagePool.js';

/** Hands images 0, 1, 2, … of one pixel to a pool of 5, n at a time; returns what came back. */
function history(n: number, rounds: number) {
  const pool = imagePool(5, { height: 1, width: 1, channels: 1 });
  const returned: number[] = [];
  for (let step = 0; step < rounds; step++) {
    const fresh = tf.tidy(() => tf.range(step * n, (step + 1) * n).reshape<tf.Tensor4D>([n, 1, 1, 1]));
    const back = pool.exchange(fresh, stream(7, step), step * n);
    returned.push(...back.dataSync());
    tf.dispose([fresh, back]);
  }
  const stored = [...pool.images.dataSync()];
  pool.images.dispose();
  return { returned, stored };
}

it('stores and returns what comes until it is full', () => {
  for (const n of [1, 5]) {
    const { returned, stored } = history(n, 5 / n);
    expect(returned).toEqual([0, 1, 2, 3, 4]);
    expect(stored).toEqual([0, 1, 2, 3, 4]);
  }
  // It fills up within the second round.
  expect(history(3, 2).returned.slice(0, 5)).toEqual([0, 1, 2, 3, 4]);
});

it.each([1, 4])('then returns half of them at once, and for the others an earlier one, %i at a time', (n) => {
  const { returned, stored } = history(n, 1200 / n);
  const later = returned.slice(5);
  const fresh = later.filter((image, k) => image === k + 5).length;
  expect(fresh / later.length).toBeGreaterThan(0.45);
  expect(fresh / later.length).toBeLessThan(0.55);
  // Each image comes back once at most, and none is lost: it was returned, or it is stored.
  const seen = [...later.filter((image) => image >= 5), ...stored.filter((image) => image >= 5)];
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length + [...later, ...stored].filter((image) => image < 5).length).toBe(later.length + 5);
  // An image waits 10 rounds on average for its turn to be replaced.
  const waits = later.flatMap((image, k) => (image === k + 5 ? [] : [k + 5 - image]));
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  expect(mean).toBeGreaterThan(8);
  expect(mean).toBeLessThan(12);
});
