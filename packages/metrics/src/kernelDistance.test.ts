import { describe, expect, it } from 'vitest';
import fixture from '../fixtures/kernelDistance.json' with { type: 'json' };
import { kernelDistance, OptionError, polynomialMmd, rows, ShapeError } from './index.js';
import { shiftedWaves, waves } from './testing.js';

/** Rotations of 0 … n-1 by a growing step: "random" subsets that a reader can follow. */
const rotations = () => {
  let turn = 0;
  return {
    permutation(n: number) {
      turn++;
      return Array.from({ length: n }, (_, i) => (i + turn) % n);
    },
  };
};

describe('polynomialMmd', () => {
  it.each(fixture.cases)('agrees with numpy: $n samples of $width features', (c) => {
    const [x, y] = [waves(c.n, c.width), shiftedWaves(c.n, c.width)];
    expect(polynomialMmd(x, y) / c.unbiased).toBeCloseTo(1, 10);
    expect(polynomialMmd(x, y, { estimator: 'biased' }) / c.biased).toBeCloseTo(1, 10);
  });

  it('agrees with a calculation by hand', () => {
    const [x, y] = [rows([1, 0, 0, 1], 2), rows([1, 1, 0, 0], 2)];
    expect(polynomialMmd(x, y)).toBe(-2.375);
    expect(polynomialMmd(x, y, { estimator: 'biased' })).toBe(0.5625);
  });

  it('refuses sets of different size or width', () => {
    expect(() => polynomialMmd(waves(4, 2), waves(5, 2))).toThrow(/4 and 5 samples.*kernelDistance/);
    expect(() => polynomialMmd(waves(4, 2), waves(4, 3))).toThrow(ShapeError);
  });
});

describe('kernelDistance', () => {
  it('is the whole-set estimate when the subsets are the sets', () => {
    const [x, y] = [waves(40, 4), shiftedWaves(40, 4)];
    const { mean, deviation } = kernelDistance(x, y, { random: rotations(), subsets: 3, subsetSize: 40 });
    expect(mean).toBeCloseTo(polynomialMmd(x, y), 12);
    expect(deviation).toBeCloseTo(0, 12);
  });

  it('averages over subsets, of sets of any size', () => {
    const [x, y] = [waves(9, 3), shiftedWaves(7, 3)];
    const pick = (set: typeof x, turn: number) =>
      rows(
        Array.from({ length: 5 }, (_, i) => (i + turn) % set.samples).flatMap((i) =>
          [0, 1, 2].map((j) => set.data[i * 3 + j]!),
        ),
        3,
      );
    const values = [polynomialMmd(pick(x, 1), pick(y, 2)), polynomialMmd(pick(x, 3), pick(y, 4))];
    const result = kernelDistance(x, y, { random: rotations(), subsets: 2, subsetSize: 5 });
    expect(result.mean).toBeCloseTo((values[0]! + values[1]!) / 2, 12);
    expect(result.deviation).toBeCloseTo(Math.abs(values[0]! - values[1]!) / 2, 12);
  });

  it('refuses subsets that do not fit', () => {
    expect(() => kernelDistance(waves(9, 3), waves(7, 3), { random: rotations() })).toThrow(
      /100 subsets of 1000 out of 7/,
    );
    const none = { random: rotations(), subsets: 0, subsetSize: 5 };
    expect(() => kernelDistance(waves(9, 3), waves(7, 3), none)).toThrow(OptionError);
  });
});
