import { describe, expect, it, vi } from 'vitest';
import { ambientStream, stream, withStream } from './index.js';

const mean = (x: Float32Array) => x.reduce((a, b) => a + b, 0) / x.length;
const variance = (x: Float32Array) => {
  const centre = mean(x);
  return mean(x.map((v) => (v - centre) ** 2));
};

describe('stream', () => {
  it('is a pure function of seed and names', () => {
    expect(stream(7, 'noise', 3).normal(5)).toEqual(stream(7, 'noise', 3).normal(5));
    expect(stream(7, 'noise', 3).normal(5)).toEqual(stream(7).fold('noise').fold(3).normal(5));
    expect(stream(7, 'noise', 3).normal(5)).not.toEqual(stream(8, 'noise', 3).normal(5));
    expect(stream(7, 'noise', 3).normal(5)).not.toEqual(stream(7, 'noise', 4).normal(5));
    expect(stream(7, 'ab', 'c').uint32()).not.toBe(stream(7, 'a', 'bc').uint32());
  });

  it('folds from the path, not from the state', () => {
    const drawn = stream(1);
    drawn.uniform(100);
    expect(drawn.fold('x').uint32()).toBe(stream(1).fold('x').uint32());
  });

  it('keeps its numbers from version to version', () => {
    expect(stream(42, 'noise').uint32()).toMatchInlineSnapshot(`414063362`);
    expect([...stream(42, 'noise').permutation(8)]).toMatchInlineSnapshot(`
      [
        6,
        0,
        7,
        1,
        3,
        4,
        5,
        2,
      ]
    `);
  });

  it('draws the distributions it names', () => {
    const uniform = stream(1, 'u').uniform(20_000, -1, 3);
    expect(mean(uniform)).toBeCloseTo(1, 1);
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...uniform)).toBeLessThan(3);
    const normal = stream(1, 'n').normal(20_001, 2, 3);
    expect(mean(normal)).toBeCloseTo(2, 1);
    expect(Math.sqrt(variance(normal))).toBeCloseTo(3, 1);
    const mask = stream(1, 'm').mask(20_001, 0.7, 1 / 0.7);
    expect(mean(mask)).toBeCloseTo(1, 1);
    const integers = stream(1, 'i').integers(30_000, 3);
    expect([0, 1, 2].every((k) => Math.abs(integers.filter((v) => v === k).length - 10_000) < 300)).toBe(
      true,
    );
  });

  it('permutes: each index once', () => {
    const order = stream(3).permutation(1000);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect([...order]).not.toEqual([...order].sort((a, b) => a - b));
  });

  it('refuses an empty range', () => {
    expect(() => stream(1).integers(1, 0)).toThrow('below = 0, but expected a whole number >= 1');
  });
});

describe('withStream', () => {
  it('sets the ambient stream and restores it, errors included', () => {
    const outer = ambientStream();
    expect(withStream(stream(5), () => ambientStream().uint32())).toBe(stream(5).uint32());
    expect(() =>
      withStream(stream(5), () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(ambientStream()).toBe(outer);
  });

  it('is one for all copies of the package', async () => {
    vi.resetModules();
    const other: typeof import('./index.js') = await import('./index.js');
    expect(other.ambientStream).not.toBe(ambientStream);
    expect(other.ambientStream()).toBe(ambientStream());
    expect(withStream(stream(5), () => other.ambientStream().uint32())).toBe(stream(5).uint32());
    expect(other.withStream(other.stream(6), () => ambientStream().uint32())).toBe(stream(6).uint32());
  });
});
