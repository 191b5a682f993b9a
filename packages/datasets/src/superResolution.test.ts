import { describe, expect, it } from 'vitest';
import { disposeBatch, fromArrays, superResolution } from './index.js';

describe('superResolution', () => {
  const images = Uint8Array.from({ length: 3 * 8 * 4 * 3 }, (_, i) => (i % 3 === 2 ? 255 : 0));
  const dataset = fromArrays({
    name: 'x',
    images,
    image: { height: 8, width: 4, channels: 3 },
    labels: [0, 1, 0],
  });

  it('adds the reduced images to each batch, within [-1, 1]', async () => {
    const pairs = superResolution(dataset, 4);
    expect(pairs.info).toMatchObject({ paired: true, size: 3, source: { height: 2, width: 1, channels: 3 } });
    let batches = 0;
    for await (const batch of pairs.batches({ batch: 2, seed: 1, epoch: 0 })) {
      expect(batch.images.shape).toEqual([2, 8, 4, 3]);
      expect(batch.sources.shape).toEqual([2, 2, 1, 3]);
      expect(batch.labels?.shape).toEqual([2]);
      for (const [i, value] of (await batch.sources.data()).entries())
        expect(value).toBeCloseTo(i % 3 === 2 ? 1 : -1, 6);
      expect(Math.max(...(await batch.sources.data()))).toBeLessThanOrEqual(1);
      disposeBatch(batch);
      batches++;
    }
    expect(batches).toBe(1);
  });

  it('refuses a factor that does not divide the image, and bad options at the call', () => {
    expect(() => superResolution(dataset, 3)).toThrow(
      /factor is 3, expected an integer >= 1 that divides 8 and 4/,
    );
    expect(() => superResolution(dataset, 2).batches({ batch: 9, seed: 1, epoch: 0 })).toThrow(/batch is 9/);
  });
});
