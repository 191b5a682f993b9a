import { describe, expect, it } from 'vitest';
import { readCases } from '../../test/fixtures.js';
import { LayerConfigError } from '../errors.js';
import { type LowpassOptions, lowpassFilter, radialLowpassFilter } from './lowpassFilter.js';

interface FilterCase {
  config: LowpassOptions;
  taps: number[];
  radial?: number[][];
}

const expectEqual = (actual: number[], expected: number[]) => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((v, i) => {
    expect(actual[i]).toBeCloseTo(v, 7);
  });
};

describe('lowpassFilter', () => {
  it.each(readCases<FilterCase>('lowpassFilter'))(
    'agrees with scipy: $config',
    ({ config, taps, radial }) => {
      expectEqual(lowpassFilter(config), taps);
      if (radial) expectEqual(radialLowpassFilter(config).flat(), radial.flat());
    },
  );

  it('agrees with published taps of StyleGAN3', () => {
    const taps = lowpassFilter({ taps: 12, cutoff: 16, width: 7.3966, rate: 64 });
    [0.0233744, 0.0344494, -0.0508808, -0.0786153, 0.1396105, 0.4320619].forEach((v, i) => {
      expect(taps[i]).toBeCloseTo(v, 6);
      expect(taps[11 - i]).toBeCloseTo(v, 6);
    });
    const grid = radialLowpassFilter({ taps: 12, cutoff: 2, width: 12, rate: 32 });
    [0.0002053, 0.0022786, 0.008198, 0.0185422, 0.0305334, 0.0387549].forEach((v, i) => {
      expect(grid[5]![i]).toBeCloseTo(v, 6);
    });
  });

  it('passes a constant, and stops what lies beyond the transition band', () => {
    const options = { taps: 24, cutoff: 4, width: 4, rate: 32 };
    const taps = lowpassFilter(options);
    const response = (frequency: number) =>
      Math.hypot(
        taps.reduce((sum, v, m) => sum + v * Math.cos((2 * Math.PI * frequency * m) / 32), 0),
        taps.reduce((sum, v, m) => sum + v * Math.sin((2 * Math.PI * frequency * m) / 32), 0),
      );
    expect(response(0)).toBeCloseTo(1, 12);
    expect(response(7)).toBeLessThan(0.01);
  });

  it.each([
    { taps: 0, cutoff: 1, width: 1, rate: 4 },
    { taps: 4, cutoff: 3, width: 1, rate: 4 },
    { taps: 4, cutoff: 1, width: 0, rate: 4 },
    { taps: 4, cutoff: 1, width: 1, rate: 0 },
  ])('refuses %o', (options) => {
    expect(() => lowpassFilter(options)).toThrow(LayerConfigError);
    expect(() => radialLowpassFilter(options)).toThrow(LayerConfigError);
  });
});
