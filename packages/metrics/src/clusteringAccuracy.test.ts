import { stream } from '@ganjs/random';
import { describe, expect, it } from 'vitest';
import { clusteringAccuracy, OptionError, ShapeError } from './index.js';

describe('clusteringAccuracy', () => {
  it('is 1 for classes under other names', () => {
    const labels = [0, 1, 2, 2, 1, 0];
    const renamed = [2, 0, 1];
    const { accuracy, classOf } = clusteringAccuracy(
      labels.map((label) => renamed[label]!),
      labels,
      3,
    );
    expect(accuracy).toBe(1);
    expect(classOf).toEqual([1, 2, 0]);
  });

  it('matches for the whole, where taking the largest count first goes wrong', () => {
    // Counts: cluster 0 has classes 6, 5; cluster 1 has 5, 0. Greedy takes the 6 and gets 6 + 0.
    const assigned = [...Array(11).fill(0), ...Array(5).fill(1)] as number[];
    const labels = [...Array(6).fill(0), ...Array(5).fill(1), ...Array(5).fill(0)] as number[];
    const { accuracy, classOf } = clusteringAccuracy(assigned, labels, 2);
    expect(accuracy).toBe(10 / 16);
    expect(classOf).toEqual([1, 0]);
  });

  it('does not let two clusters be one class', () => {
    expect(clusteringAccuracy([0, 0, 1, 1], [0, 0, 0, 0], 2).accuracy).toBe(0.5);
  });

  it('is what trying all matchings gives', () => {
    const random = stream(1);
    const k = 5;
    const orders = (items: number[]): number[][] =>
      items.length === 0
        ? [[]]
        : items.flatMap((item) =>
            orders(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
          );
    for (let trial = 0; trial < 20; trial++) {
      const assigned = random.integers(40, k);
      const labels = random.integers(40, k);
      const right = (order: number[]) => assigned.filter((cluster, i) => order[cluster] === labels[i]).length;
      const best = Math.max(...orders([0, 1, 2, 3, 4]).map(right));
      const { accuracy, classOf } = clusteringAccuracy(assigned, labels, k);
      expect(accuracy).toBe(best / 40);
      expect(right([...classOf])).toBe(best);
      expect([...classOf].sort()).toEqual([0, 1, 2, 3, 4]);
    }
  });

  it('refuses what does not fit', () => {
    expect(() => clusteringAccuracy([], [], 2)).toThrow(ShapeError);
    expect(() => clusteringAccuracy([0], [0, 1], 2)).toThrow(/1 clusters and 2 labels/);
    expect(() => clusteringAccuracy([0, 2], [0, 1], 2)).toThrow(OptionError);
    expect(() => clusteringAccuracy([0, 1], [0, -1], 2)).toThrow(/the label -1 for sample 1/);
  });
});
