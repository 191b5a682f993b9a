import { describe, expect, it } from 'vitest';
import { GaussianStatistics, OptionError, rows, ShapeError } from './index.js';
import { waves } from './testing.js';

const all = waves(53, 6);
const slice = (from: number, to: number) =>
  rows((all.data as Float64Array).slice(from * all.width, to * all.width), all.width);

describe('GaussianStatistics', () => {
  it('gives the mean and covariance of their definitions', () => {
    // 1, 3, 8 and 2, 4, 0: means 4 and 2; deviations -3, -1, 4 and 0, 2, -2.
    const statistics = new GaussianStatistics(2).add(rows([1, 2, 3, 4, 8, 0], 2));
    expect([...statistics.gaussian().mean]).toEqual([4, 2]);
    expect([...statistics.gaussian().covariance]).toEqual([13, -5, -5, 4]);
    const { covariance } = statistics.gaussian({ covariance: 'population' });
    [26 / 3, -10 / 3, -10 / 3, 8 / 3].forEach((value, i) => {
      expect(covariance[i]).toBeCloseTo(value, 14);
    });
  });

  it('does not depend on how the rows are split into batches', () => {
    const whole = new GaussianStatistics(6).add(all).gaussian();
    const parts = new GaussianStatistics(6).add(slice(0, 1)).add(slice(1, 20)).add(slice(20, 53));
    expect(parts.samples).toBe(53);
    parts.gaussian().mean.forEach((value, i) => {
      expect(value).toBeCloseTo(whole.mean[i]!, 13);
    });
    parts.gaussian().covariance.forEach((value, i) => {
      expect(value).toBeCloseTo(whole.covariance[i]!, 13);
    });
  });

  it('keeps its precision far from the origin', () => {
    const far = (all.data as Float64Array).map((value) => value + 1e6);
    const moved = new GaussianStatistics(6).add(rows(far, 6)).gaussian();
    const near = new GaussianStatistics(6).add(all).gaussian();
    moved.covariance.forEach((value, i) => {
      expect(value).toBeCloseTo(near.covariance[i]!, 8);
    });
  });

  it('hands out copies', () => {
    const statistics = new GaussianStatistics(6).add(all);
    const { mean } = statistics.gaussian();
    mean.fill(99);
    expect(statistics.gaussian().mean[0]).not.toBe(99);
  });

  it('refuses other widths, impossible widths and single rows', () => {
    expect(() => new GaussianStatistics(2).add(rows([1, 2, 3], 3))).toThrow(ShapeError);
    expect(() => new GaussianStatistics(0)).toThrow(OptionError);
    expect(() => new GaussianStatistics(2).add(rows([1, 2], 2)).gaussian()).toThrow(/1 rows.*at least 2/);
  });
});
