import { describe, expect, it } from 'vitest';
import fixture from '../fixtures/inceptionScore.json' with { type: 'json' };
import { classifierMetrics, inceptionScore, OptionError, rows, ShapeError } from './index.js';

const four = rows([0.7, 0.2, 0.1, 0.6, 0.3, 0.1, 0.1, 0.8, 0.1, 0.9, 0.1, 0], 3);

describe('classifierMetrics', () => {
  it('counts classes and averages the largest probabilities', () => {
    expect(classifierMetrics(four)).toEqual({
      samples: 4,
      classesCovered: 2,
      shares: [0.75, 0.25, 0],
      largestShare: 0.75,
      confidence: expect.closeTo(0.75, 12),
    });
  });

  it('compares with the labels that were asked for', () => {
    expect(classifierMetrics(four, { labels: [0, 1, 1, 0] }).agreement).toBe(0.75);
    expect(classifierMetrics(four, { labels: Int32Array.of(2, 2, 2, 2) }).agreement).toBe(0);
  });

  it('refuses logits, and labels that are missing or no class', () => {
    expect(() => classifierMetrics(rows([2, -1], 2))).toThrow(/Apply a softmax/);
    expect(() => classifierMetrics(rows([0.5, 0.6], 2))).toThrow(OptionError);
    expect(() => classifierMetrics(four, { labels: [0, 1] })).toThrow(ShapeError);
    expect(() => classifierMetrics(four, { labels: [0, 1, 3, 0] })).toThrow(/label 3 for sample 2/);
  });
});

describe('inceptionScore', () => {
  it.each(fixture.cases)('agrees with numpy: $n samples in $splits splits', (c) => {
    const logits = Array.from({ length: c.n }, (_, i) =>
      Array.from({ length: c.classes }, (_, k) => Math.exp(3 * Math.sin(1.1 * i + 0.7 * k * k))),
    );
    const probabilities = logits.flatMap((row) => {
      const sum = row.reduce((a, b) => a + b, 0);
      return row.map((value) => value / sum);
    });
    const { mean, deviation } = inceptionScore(rows(probabilities, c.classes), { splits: c.splits });
    expect(mean).toBeCloseTo(c.mean, 10);
    expect(deviation).toBeCloseTo(c.deviation, 10);
  });

  it('reaches its bounds, with zero probabilities', () => {
    const sure = rows([1, 0, 0, 0, 1, 0, 0, 0, 1], 3);
    expect(inceptionScore(sure, { splits: 1 }).mean).toBeCloseTo(3, 12);
    const same = rows([1, 0, 0, 1, 0, 0], 3);
    expect(inceptionScore(same, { splits: 1 })).toEqual({ mean: 1, deviation: 0 });
  });

  it('refuses more splits than samples', () => {
    expect(() => inceptionScore(four)).toThrow(/10 splits of 4 samples/);
  });
});
