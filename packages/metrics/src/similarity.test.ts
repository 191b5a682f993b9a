import { describe, expect, it } from 'vitest';
import fixture from '../fixtures/similarity.json' with { type: 'json' };
import { msSsim, OptionError, psnr, ShapeError, ssim } from './index.js';

/** The pair of the reference script, n x n, from `low` to `high`. */
function pair(n: number, low: number, high: number): [Float64Array, Float64Array] {
  const scale = (value: number) => low + ((high - low) * value) / 255;
  const at = (i: number) => [Math.floor(i / n), i % n] as const;
  const first = (y: number, x: number) => (7 * y + 3 * x) % 256;
  const second = (y: number, x: number) => {
    return Math.min(255, Math.max(0, first(y, x) + ((x * y) % 17) - 8));
  };
  return [
    Float64Array.from({ length: n * n }, (_, i) => scale(first(...at(i)))),
    Float64Array.from({ length: n * n }, (_, i) => scale(second(...at(i)))),
  ];
}

describe('psnr, ssim and msSsim', () => {
  it.each(fixture.cases)('agree with scipy: $size pixels in [$low, $high]', (c) => {
    const [a, b] = pair(c.size, c.low, c.high);
    const options = { shape: [c.size, c.size, 1], range: c.high - c.low } as const;
    expect(psnr(a, b, options)).toBeCloseTo(c.psnr, 9);
    expect(ssim(a, b, options)).toBeCloseTo(c.ssim, 9);
    if (c.msSsim !== undefined) expect(msSsim(a, b, options)).toBeCloseTo(c.msSsim, 9);
  });

  it('average over channels', () => {
    const [a, b] = pair(32, 0, 255);
    const interleave = (x: Float64Array, y: Float64Array) =>
      Float64Array.from({ length: 2 * x.length }, (_, i) => (i % 2 ? y : x)[i >> 1]!);
    const score = ssim(interleave(a, a), interleave(b, a), { shape: [32, 32, 2], range: 255 });
    expect(score).toBeCloseTo((ssim(a, b, { shape: [32, 32, 1], range: 255 }) + 1) / 2, 12);
  });

  it('read images that are not square', () => {
    const [a, b] = pair(32, 0, 255);
    const flipped = (image: Float64Array) =>
      Float64Array.from({ length: 16 * 32 }, (_, i) => image[(i % 16) * 32 + Math.floor(i / 16)]!);
    const wide = ssim(a.slice(0, 16 * 32), b.slice(0, 16 * 32), { shape: [16, 32, 1], range: 255 });
    expect(ssim(flipped(a), flipped(b), { shape: [32, 16, 1], range: 255 })).toBeCloseTo(wide, 12);
  });

  it('are perfect for equal images', () => {
    const [a] = pair(176, 0, 1);
    const options = { shape: [176, 176, 1], range: 1 } as const;
    expect(psnr(a, a, options)).toBe(Number.POSITIVE_INFINITY);
    expect(ssim(a, a, options)).toBeCloseTo(1, 11);
    expect(msSsim(a, a, options)).toBeCloseTo(1, 11);
  });

  it('refuse wrong shapes, small images and impossible ranges', () => {
    const ones = new Float32Array(100).fill(1);
    expect(() => psnr(ones, ones, { shape: [10, 11, 1], range: 1 })).toThrow(ShapeError);
    expect(() => psnr(ones, ones, { shape: [10, 10, 1], range: 0 })).toThrow(OptionError);
    expect(() => ssim(ones, ones, { shape: [10, 10, 1], range: 1 })).toThrow(/10x10.*at least 11x11/);
    const small = new Float32Array(64 * 64);
    expect(() => msSsim(small, small, { shape: [64, 64, 1], range: 1 })).toThrow(/176x176/);
  });
});
