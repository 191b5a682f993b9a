import { describe, expect, it } from 'vitest';
import fixture from '../fixtures/manifold.json' with { type: 'json' };
import { densityCoverage, OptionError, precisionRecall, rows, ShapeError } from './index.js';
import { waves } from './testing.js';

describe('precisionRecall and densityCoverage', () => {
  it.each(fixture.cases.map((c, i) => ({ ...c, i })))(
    'agree with scipy on set $i, ties at the radius included',
    ({ width, real, fake, scores }) => {
      for (const { k, ...expected } of scores) {
        const [r, f] = [rows(real, width), rows(fake, width)];
        const found = { ...precisionRecall(r, f, { k }), ...densityCoverage(r, f, { k }) };
        for (const name of ['precision', 'recall', 'density', 'coverage'] as const) {
          expect(found[name], `${name}, k = ${k}`).toBeCloseTo(expected[name], 12);
        }
      }
    },
  );

  it('are 1 for equal sets with the defaults, but for the density', () => {
    const set = waves(30, 4);
    expect(precisionRecall(set, set)).toEqual({ precision: 1, recall: 1 });
    expect(densityCoverage(set, set).coverage).toBe(1);
  });

  it('refuse a k that the set cannot serve', () => {
    expect(() => precisionRecall(waves(9, 2), waves(3, 2))).toThrow(/k = 3 with 3 samples/);
    expect(() => densityCoverage(waves(5, 2), waves(9, 2))).toThrow(OptionError);
    expect(() => precisionRecall(waves(9, 2), waves(9, 3))).toThrow(ShapeError);
  });
});
