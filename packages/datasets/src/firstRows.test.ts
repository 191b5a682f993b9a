import { expect, it } from 'vitest';
import { type Dataset, DatasetError, disposeBatch, firstRows, fromArrays } from './index.js';

const image = { height: 1, width: 1, channels: 1 };
const data = fromArrays({ name: 'gray', images: Uint8Array.from([0, 50, 100, 150]), image });
const rows = async (n: number, seed: number) => {
  const batch = await firstRows(data, n, seed);
  const values = [...(await batch.images.data())];
  disposeBatch(batch);
  return values;
};

it('gives the same rows each time, those of a seed', async () => {
  expect(await rows(2, 1)).toEqual(await rows(2, 1));
  const seeds = await Promise.all([1, 2, 3, 4, 5].map((seed) => rows(2, seed)));
  expect(new Set(seeds.map(String)).size).toBeGreaterThan(1);
});

it('gives all rows of a dataset that has fewer', async () => {
  expect(await rows(9, 1)).toHaveLength(4);
});

it('says that a dataset is empty', async () => {
  const empty: Dataset = {
    info: { name: 'nothing', size: 0, image },
    async *batches() {},
  };
  await expect(firstRows(empty, 2, 1)).rejects.toThrow(DatasetError);
  await expect(firstRows(empty, 2, 1)).rejects.toThrow('nothing: size is 0, expected at least one row');
});
