import { describe, expect, it } from 'vitest';
import {
  disposeBatch,
  gaussianGrid,
  gaussianRing,
  gaussianSpiral,
  mixture,
  type PointDataset,
} from './index.js';

async function draw(dataset: PointDataset, batch: number, epoch = 0, from = 0) {
  const seen: { points: number[][]; labels: number[] }[] = [];
  for await (const one of dataset.batches({ batch, seed: 2, epoch, from })) {
    expect(one.images.shape).toEqual([batch, 1, 1, 2]);
    expect(await one.images.data()).toEqual(await one.points.data());
    seen.push({ points: await one.points.array(), labels: [...(await one.labels.data())] });
    disposeBatch(one);
  }
  return seen;
}

describe.each([
  [gaussianRing, 'ring', 8],
  [gaussianGrid, 'grid', 25],
  [gaussianSpiral, 'spiral', 20],
] as const)('%o', (make, name, count) => {
  it(`${name}: draws its ${count} modes evenly, with its deviation`, async () => {
    const dataset = make(20_000);
    expect(dataset.info).toMatchObject({ name, size: 20_000, image: { height: 1, width: 1, channels: 2 } });
    expect(dataset.info.modes).toHaveLength(count);
    const [{ points, labels }] = (await draw(dataset, 20_000)) as [{ points: number[][]; labels: number[] }];
    const histogram = new Array<number>(count).fill(0);
    let squares = 0;
    let largest = 0;
    for (const [i, label] of labels.entries()) {
      histogram[label]!++;
      const [x, y] = dataset.info.modes[label]!;
      squares += (points[i]![0]! - x) ** 2 + (points[i]![1]! - y) ** 2;
      largest = Math.max(largest, Math.abs(points[i]![0]!), Math.abs(points[i]![1]!));
    }
    expect(largest).toBeLessThanOrEqual(1);
    for (const n of histogram) expect(Math.abs(n / (20_000 / count) - 1)).toBeLessThan(0.15);
    expect(Math.sqrt(squares / 40_000) / dataset.info.deviation).toBeCloseTo(1, 1);
  });

  it(`${name}: keeps modes far enough apart to be told from each other`, () => {
    const { modes, deviation } = make().info;
    for (const [i, a] of modes.entries()) {
      for (const b of modes.slice(0, i))
        expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeGreaterThan(6 * deviation);
    }
  });
});

describe('mixture', () => {
  it('resumes, repeats by seed, and draws new points each epoch', async () => {
    const dataset = gaussianGrid(100);
    const whole = await draw(dataset, 30);
    expect(whole).toHaveLength(3);
    expect(await draw(dataset, 30, 0, 2)).toEqual(whole.slice(2));
    expect((await draw(dataset, 30, 1))[0]).not.toEqual(whole[0]);
  });

  it.each([
    [[], 0.01, /modes is 0 modes/],
    [[[0, 0.99]], 0.01, /modes is \(0, 0.99\), expected at least one.*four deviations inside/],
    [[[Number.NaN, 0]], 0.01, /modes is \(NaN, 0\)/],
    [[[0, 0]], 0, /of deviation 0/],
  ] as [[number, number][], number, RegExp][])(
    'refuses modes %o of deviation %d',
    (modes, deviation, message) => {
      expect(() => mixture({ name: 'm', modes, deviation })).toThrow(message);
    },
  );
});
