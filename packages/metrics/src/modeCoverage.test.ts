import { describe, expect, it } from 'vitest';
import { modeCoverage } from './modeCoverage.js';
import { rows } from './rows.js';

const ring = Array.from({ length: 8 }, (_, k) => [
  2 * Math.cos((Math.PI * k) / 4),
  2 * Math.sin((Math.PI * k) / 4),
]);
/** Points that lie so far from a mode: [mode, distance, how many]. */
const at = (...groups: [mode: number, distance: number, count: number][]) =>
  rows(
    groups.flatMap(([mode, distance, count]) =>
      Array.from({ length: count }, () => [ring[mode]![0]! + distance, ring[mode]![1]!]).flat(),
    ),
    2,
  );

describe('modeCoverage', () => {
  it('finds a mode of 8 from 79 of 2,500 points on', () => {
    const points = at([0, 0, 2343], [1, 0.01, 79], [2, 0, 78]);
    expect(modeCoverage(points, ring, 0.02)).toEqual({
      samples: 2500,
      modes: 8,
      found: 2,
      counts: [2343, 79, 78, 0, 0, 0, 0, 0],
      near: 1,
      highQuality: 1,
    });
  });

  it('asks for fewer points a mode where there are more of them: 25 of 25', () => {
    const grid = Array.from({ length: 25 }, (_, k) => [k % 5, Math.floor(k / 5)]);
    const points = (count: number) =>
      rows([...new Array(2 * (2500 - count)).fill(0), ...new Array(count).fill([3, 0]).flat()], 2);
    expect(modeCoverage(points(25), grid, 0.05).found).toBe(2);
    expect(modeCoverage(points(24), grid, 0.05).found).toBe(1);
  });

  it('finds nothing in noise that is spread over a grid of 25', () => {
    const grid = Array.from({ length: 25 }, (_, k) => [0.4 * (k % 5) - 0.8, 0.4 * Math.floor(k / 5) - 0.8]);
    const even = Array.from({ length: 2500 }, (_, i) => [
      (i % 50) / 25 - 0.98,
      Math.floor(i / 50) / 25 - 0.98,
    ]);
    const { found, near } = modeCoverage(rows(even.flat(), 2), grid, 0.01);
    expect(found).toBe(0);
    expect(near).toBeCloseTo((25 * Math.PI * 0.1 ** 2) / 4, 1);
  });

  it('tells near from good: ten deviations, and three', () => {
    // Along x, away from the mode at (2, 0).
    const { near, highQuality, counts } = modeCoverage(
      at([0, 0.059, 1], [0, 0.061, 1], [0, 0.19, 1], [0, 0.21, 1]),
      ring,
      0.02,
    );
    expect([near, highQuality, counts[0]]).toEqual([0.75, 0.25, 3]);
    expect(modeCoverage(at([0, 0.19, 1]), ring, 0.02, { radius: 9 }).near).toBe(0);
  });

  it('finds nothing in points that are elsewhere', () => {
    expect(modeCoverage(rows(new Array(200).fill(0), 2), ring, 0.02).found).toBe(0);
  });

  it('says what is wrong', () => {
    const points = at([0, 0, 2]);
    expect(() => modeCoverage(points, [], 0.02)).toThrow(/0 modes for points of 2 values/);
    expect(() => modeCoverage(points, [[1, 2, 3]], 0.02)).toThrow(/one of 3 values, for points of 2/);
    expect(() => modeCoverage(points, ring, 0)).toThrow(/deviation = 0.*a finite number > 0/);
    expect(() => modeCoverage(points, ring, Number.NaN)).toThrow(/deviation = NaN/);
    expect(() => modeCoverage(points, ring, 1, { least: 2 })).toThrow(/least = 2.*> 0 and <= 1/);
  });
});
