import { describe, expect, it } from 'vitest';
import {
  disposeBatch,
  memoryStore,
  pairedDataset,
  type TranslationDataset,
  unpairedDataset,
} from './index.js';

const image = { height: 1, width: 1, channels: 1 };
const store = (...bytes: number[]) => memoryStore('bytes', Uint8Array.from(bytes), image);

async function visit(dataset: TranslationDataset, batch: number, epoch = 0, from = 0) {
  const seen: { sources: number[]; images: number[] }[] = [];
  const bytes = (values: Float32Array) => [...values].map((x) => Math.round(x * 127.5 + 127.5));
  for await (const one of dataset.batches({ batch, seed: 4, epoch, from })) {
    seen.push({
      sources: bytes(await one.sources.data<'float32'>()),
      images: bytes(await one.images.data<'float32'>()),
    });
    disposeBatch(one);
  }
  return seen;
}
const sorted = (values: number[]) => [...values].sort((a, b) => a - b);

describe('pairedDataset', () => {
  const pairs = pairedDataset({
    name: 'pairs',
    sources: store(1, 2, 3, 4),
    images: store(11, 12, 13, 14),
    labels: [0, 1, 0, 1],
  });

  it('keeps pairs together, each once', async () => {
    expect(pairs.info).toMatchObject({ size: 4, paired: true, source: image, classes: ['0', '1'] });
    const batches = await visit(pairs, 2);
    for (const { sources, images } of batches) expect(images).toEqual(sources.map((k) => k + 10));
    expect(sorted(batches.flatMap((batch) => batch.sources))).toEqual([1, 2, 3, 4]);
    expect(await visit(pairs, 2, 0, 1)).toEqual(batches.slice(1));
  });

  it('refuses sets of two lengths', () => {
    expect(() => pairedDataset({ name: 'p', sources: store(1), images: store(1, 2) })).toThrow(
      /p: number of sources is 1, expected 2, one per image/,
    );
  });
});

describe('unpairedDataset', () => {
  const larger = Array.from({ length: 50 }, (_, k) => k);

  it('shuffles each domain by itself, evenly', async () => {
    const dataset = unpairedDataset({ name: 'u', sources: store(...larger), images: store(...larger) });
    const [whole] = await visit(dataset, 50);
    expect(sorted(whole!.sources)).toEqual(larger);
    expect(sorted(whole!.images)).toEqual(larger);
    expect(whole!.sources).not.toEqual(whole!.images);
    expect((await visit(dataset, 50, 1))[0]!.sources).not.toEqual(whole!.sources);
    const batches = await visit(dataset, 20);
    expect(await visit(dataset, 20, 0, 1)).toEqual(batches.slice(1));
  });

  it('repeats the smaller domain, whichever it is', async () => {
    for (const [few, many] of [
      ['sources', 'images'],
      ['images', 'sources'],
    ] as const) {
      const stores = { [few]: store(1, 2, 3), [many]: store(...larger) } as Record<
        typeof few | typeof many,
        ReturnType<typeof store>
      >;
      const dataset = unpairedDataset({ name: 'u', ...stores });
      expect(dataset.info.size).toBe(50);
      const [whole] = await visit(dataset, 50);
      expect(sorted(whole![many])).toEqual(larger);
      expect([1, 2, 3].map((k) => whole![few].filter((byte) => byte === k).length)).toEqual([17, 17, 16]);
    }
  });
});
