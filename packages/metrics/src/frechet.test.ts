import { describe, expect, it } from 'vitest';
import fixture from '../fixtures/frechet.json' with { type: 'json' };
import { frechetDistance, frechetDistanceOfFeatures, type Gaussian, NonFiniteError, rows } from './index.js';
import { shiftedWaves, waves } from './testing.js';

interface Case {
  n: number;
  m: number;
  width: number;
  sample: number;
  population?: number;
  singular?: boolean;
  x?: number[];
  y?: number[];
}

const gaussian = (mean: number[], covariance: number[]): Gaussian => ({
  mean: Float64Array.from(mean),
  covariance: Float64Array.from(covariance),
});

describe('frechetDistance', () => {
  it.each(fixture.cases as Case[])('agrees with scipy: $n and $m samples of $width features', (c) => {
    const x = c.x ? rows(c.x, c.width) : waves(c.n, c.width);
    const y = c.y ? rows(c.y, c.width) : shiftedWaves(c.m, c.width);
    expect(frechetDistanceOfFeatures(x, y) / c.sample).toBeCloseTo(1, 9);
    expect(frechetDistanceOfFeatures(y, x) / c.sample).toBeCloseTo(1, 9);
    if (c.population !== undefined) {
      const distance = frechetDistanceOfFeatures(x, y, { covariance: 'population' });
      expect(distance / c.population).toBeCloseTo(1, 9);
    }
  });

  it('has the closed form of diagonal covariances', () => {
    // 1 + 4 + (1-3)² + (2-4)² = 13
    const distance = frechetDistance(gaussian([1, 2], [1, 0, 0, 4]), gaussian([0, 0], [9, 0, 0, 16]));
    expect(distance).toBeCloseTo(13, 12);
  });

  it('has the closed form of two dimensions: tr (AB)^½ = (tr AB + 2 (det AB)^½)^½', () => {
    const distance = frechetDistance(gaussian([0, 0], [2, 1, 1, 2]), gaussian([0, 0], [3, 0, 0, 1]));
    expect(distance).toBeCloseTo(8 - 2 * Math.sqrt(8 + 2 * Math.sqrt(9)), 12);
  });

  it('is zero between equals, and the squared shift between points', () => {
    expect(Math.abs(frechetDistanceOfFeatures(waves(50, 4), waves(50, 4)))).toBeLessThan(1e-13);
    expect(frechetDistance(gaussian([3, 4], [0, 0, 0, 0]), gaussian([0, 0], [0, 0, 0, 0]))).toBe(25);
  });

  it('refuses features that do not fit together, and NaN', () => {
    expect(() => frechetDistanceOfFeatures(waves(9, 3), waves(9, 4))).toThrow(/rows of 3 and of 4 values/);
    expect(() => frechetDistance(gaussian([0], [1]), gaussian([0, 0], [1, 0, 0, 1]))).toThrow(
      /mean of 2 and a covariance of 4/,
    );
    expect(() => frechetDistance(gaussian([0], [1]), gaussian([Number.NaN], [1]))).toThrow(NonFiniteError);
  });
});
