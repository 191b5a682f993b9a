import { expect, it } from 'vitest';
import { luma, OptionError, ShapeError } from './index.js';

it('is 16 for black, 235 for white, and for the primaries what BT.601 says', () => {
  const colours = [0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 255, 0, 0, 0, 255];
  const expected = [16, 235, 81.481, 144.553, 40.966];
  for (const [i, value] of luma(colours, 3).entries()) expect(value).toBeCloseTo(expected[i]!, 9);
});

it('leaves gray images as they are', () => {
  expect([...luma([0, 7, 255], 1)]).toEqual([0, 7, 255]);
});

it('refuses transparency and half pixels', () => {
  expect(() => luma([1, 2, 3, 4], 4)).toThrow(OptionError);
  expect(() => luma([1, 2, 3, 4], 3)).toThrow(ShapeError);
});
