import { expect, it } from 'vitest';
import { averaged } from './averaging.js';

it('gives a player no average for a decay of 0, and one that warms up for others', () => {
  expect(averaged(0)).toEqual({});
  const { ema } = averaged(0.99);
  const decayAt = (step: number) =>
    typeof ema === 'function' && ema({ step, batch: 1, images: step, progress: 0 });
  expect(decayAt(0)).toBeCloseTo(2 / 11, 12);
  expect(decayAt(100_000)).toBe(0.99);
});
