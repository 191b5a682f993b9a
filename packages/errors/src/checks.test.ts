import { describe, expect, it } from 'vitest';
import {
  checkFinite,
  checkFraction,
  checkOption,
  checkPositive,
  checkWhole,
  NonFiniteError,
  OptionError,
} from './index.js';

/** Which of the numbers a check lets through. */
function passes(check: (value: number) => void): number[] {
  return [Number.NaN, -1, 0, 0.5, 1, 1.5, 2, Number.POSITIVE_INFINITY].filter((value) => {
    try {
      check(value);
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(OptionError);
      return false;
    }
  });
}

describe('checks of options', () => {
  it('let through what is in range, and nothing else', () => {
    expect(passes((value) => checkOption('f', 'x', value))).toEqual([-1, 0, 0.5, 1, 1.5, 2]);
    expect(passes((value) => checkOption('f', 'x', value, 0, 1))).toEqual([0, 0.5, 1]);
    expect(passes((value) => checkPositive('f', 'x', value))).toEqual([0.5, 1, 1.5, 2]);
    expect(passes((value) => checkPositive('f', 'x', value, 1))).toEqual([0.5, 1]);
    expect(passes((value) => checkFraction('f', 'x', value))).toEqual([0, 0.5]);
    expect(passes((value) => checkWhole('f', 'x', value, 1))).toEqual([1, 2]);
  });

  it('say what came, what was expected and the fix', () => {
    expect(() => checkOption('hinge', 'margin', -1, 0, 9)).toThrow(
      'hinge got margin = -1, but expected a finite number >= 0 and <= 9. Choose margin within that range.',
    );
    expect(() => checkOption('hinge', 'margin', Number.NaN)).toThrow('expected a finite number. Choose');
  });
});

describe('checkFinite', () => {
  it('names the first value that is not finite, and where it is', () => {
    expect(() => checkFinite('rows', 'data', [1, 2])).not.toThrow();
    expect(() => checkFinite('rows', 'data', [1, Number.NaN, 2])).toThrow(NonFiniteError);
    expect(() => checkFinite('rows', 'data', [1, Number.NEGATIVE_INFINITY])).toThrow(
      'data with -Infinity at 1',
    );
  });
});
