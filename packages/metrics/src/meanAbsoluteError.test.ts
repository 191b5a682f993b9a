import { expect, it } from 'vitest';
import { meanAbsoluteError, OptionError, ShapeError } from './index.js';

it('is the mean distance of values as a fraction of their span', () => {
  expect(meanAbsoluteError([0, 1, -1], [1, 1, 1], { range: 2 })).toBeCloseTo(0.5, 12);
  expect(meanAbsoluteError([3, 250], [3, 250], { range: 255 })).toBe(0);
});

it('refuses what does not correspond, and a span of nothing', () => {
  expect(() => meanAbsoluteError([1], [1, 2], { range: 1 })).toThrow(ShapeError);
  expect(() => meanAbsoluteError([], [], { range: 1 })).toThrow(ShapeError);
  expect(() => meanAbsoluteError([1], [1], { range: 0 })).toThrow(OptionError);
});
