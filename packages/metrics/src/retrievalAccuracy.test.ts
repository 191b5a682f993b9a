import { stream } from '@ganjs/random';
import { describe, expect, it } from 'vitest';
import { OptionError, retrievalAccuracy, rows, ShapeError } from './index.js';

describe('retrievalAccuracy', () => {
  const random = (i: number) => stream(1, 'candidates', i);
  const items = rows(Float64Array.of(0, 0, 10, 0, 0, 10, 10, 10), 2);

  it('counts the queries whose own item is the nearest', () => {
    const options = { candidates: 4, random };
    expect(retrievalAccuracy(items, items, options)).toBe(1);
    const swapped = rows(Float64Array.of(10, 0, 0, 0, 1, 9, 9, 9), 2);
    expect(retrievalAccuracy(swapped, items, options)).toBe(0.5);
    const between = rows(Float64Array.of(5, 0, 5, 0, 5, 10, 5, 10), 2);
    expect(retrievalAccuracy(between, items, options)).toBe(0);
  });

  it('is one in as many as there are candidates where queries say nothing', () => {
    const noise = (name: string) => rows(stream(2, name).normal(2000 * 3), 3);
    const accuracy = retrievalAccuracy(noise('queries'), noise('items'), { candidates: 10, random });
    expect(Math.abs(accuracy - 0.1)).toBeLessThan(0.025);
  });

  it('looks only at the candidates that are drawn', () => {
    // Query 0 stands where item 1 is, and sees its own item and one other.
    const queries = rows(Float64Array.of(10, 0, 10, 0, 0, 10, 10, 10), 2);
    const order = (first: number) => () => ({ permutation: () => [first, 0, 1, 2, 3] });
    const at = (first: number) => retrievalAccuracy(queries, items, { candidates: 2, random: order(first) });
    expect([at(1), at(2)]).toEqual([0.75, 1]);
  });

  it('refuses rows that do not correspond, and a single candidate', () => {
    expect(() => retrievalAccuracy(items, rows([1, 2], 2), { candidates: 2, random })).toThrow(ShapeError);
    expect(() => retrievalAccuracy(items, rows([1, 2, 3, 4], 1), { candidates: 2, random })).toThrow(
      ShapeError,
    );
    expect(() => retrievalAccuracy(items, items, { candidates: 1, random })).toThrow(OptionError);
  });
});
