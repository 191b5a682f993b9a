import { describe, expect, it } from 'vitest';
import { NonFiniteError, rows, ShapeError } from './index.js';

describe('rows', () => {
  it('counts the rows of flat values', () => {
    expect(rows([1, 2, 3, 4, 5, 6], 2)).toEqual({ data: [1, 2, 3, 4, 5, 6], samples: 3, width: 2 });
  });

  it('refuses an incomplete row, no row and an impossible width', () => {
    expect(() => rows([1, 2, 3], 2)).toThrow(ShapeError);
    expect(() => rows([], 2)).toThrow(ShapeError);
    expect(() => rows([1, 2], 0)).toThrow(ShapeError);
    expect(() => rows([1, 2, 3], 1.5)).toThrow(ShapeError);
  });

  it('says where a value is not finite', () => {
    expect(() => rows([1, 2, Number.NaN, 4], 2)).toThrow(/NaN at 2/);
    expect(() => rows([1, Number.POSITIVE_INFINITY], 2)).toThrow(NonFiniteError);
  });
});
