import { describe, expect, it } from 'vitest';
import fixture from '../fixtures/bicubic.json' with { type: 'json' };
import { resizeBicubic } from './index.js';

const largestError = (ours: Float32Array, wanted: readonly number[]) => {
  expect(ours).toHaveLength(wanted.length);
  return Math.max(...wanted.map((value, i) => Math.abs(ours[i]! - value)));
};

describe('resizeBicubic', () => {
  it.each(fixture.cases)('agrees with Pillow: $from to $to', ({ from, to, image, resized }) => {
    const [height, width] = from as [number, number];
    const size = { height: to[0]!, width: to[1]! };
    const ours = resizeBicubic(Float32Array.from(image), [1, height, width, 1], size);
    expect(largestError(ours, resized)).toBeLessThan(1e-6);
  });

  it('treats images and channels by themselves', () => {
    const { from, to, image, resized } = fixture.cases[0]!;
    // Two images of two channels: the fixture and its negative, then the other way round.
    const signs = [1, -1, -1, 1];
    const weave = (plane: number[]) =>
      [0, 2].flatMap((k) => plane.flatMap((x) => [signs[k]! * x, signs[k + 1]! * x]));
    const size = { height: to[0]!, width: to[1]! };
    const ours = resizeBicubic(Float32Array.from(weave(image)), [2, from[0]!, from[1]!, 2], size);
    expect(largestError(ours, weave(resized))).toBeLessThan(1e-6);
  });
});
