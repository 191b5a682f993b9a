import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DataKind, dataKinds, fromArrays } from '../index.js';
import {
  checkKind,
  exampleOf,
  kindsOf,
  namedDatasets,
  namedDatasetsOf,
  openData,
  readImages,
} from '../node.js';

const dir = mkdtempSync(join(tmpdir(), 'ganjs-open-data-'));
const size = { height: 8, width: 8 };

async function picture(path: string, width = 8): Promise<void> {
  const background = { r: 255, g: 0, b: 0 };
  await sharp({ create: { width, height: 8, channels: 3, background } })
    .png()
    .toFile(join(dir, path));
}

beforeAll(async () => {
  for (const folder of ['plain', 'wide', 'domains/sources', 'domains/images']) {
    mkdirSync(join(dir, folder), { recursive: true });
  }
  for (const name of ['1.png', '2.png']) {
    await Promise.all(
      ['plain', 'domains/sources', 'domains/images'].map((folder) => picture(`${folder}/${name}`)),
    );
    await picture(`wide/${name}`, 16);
  }
  writeFileSync(join(dir, 'plain/notes.txt'), 'no image');
});

describe('the catalogue', () => {
  it('knows what each kind can be learnt from', () => {
    const names = (kind: DataKind) => namedDatasetsOf(kind).map(({ name }) => name);
    expect(names('images')).toEqual(namedDatasets.map(({ name }) => name));
    expect(names('labelled')).toEqual([
      'mnist',
      'fashion-mnist',
      'cifar10',
      'cifar100',
      'emoji',
      'ring',
      'grid',
      'spiral',
    ]);
    expect(names('pairs')).toEqual(['emoji-pairs', 'emoji-superresolution']);
    expect(names('domains')).toEqual(['emoji-pairs', 'emoji-gray', 'emoji-domains', 'emoji-superresolution']);
    expect(names('resolutions')).toContain('mnist');
    expect(names('resolutions')).not.toContain('ring');
    expect(names('captions')).toEqual(['emoji-captions']);
    expect(names('points')).toEqual(['ring', 'grid', 'spiral']);
  });

  it('has an example of each kind', () => {
    const examples = Object.keys(dataKinds).map((kind) => exampleOf(kind as DataKind).name);
    expect(examples).toEqual([
      ...['mnist', 'mnist', 'emoji-pairs', 'emoji-gray', 'emoji-superresolution', 'emoji-captions', 'ring'],
    ]);
  });

  it('names the kinds of a dataset', () => {
    expect(kindsOf(exampleOf('labelled'))).toEqual(['images', 'labelled', 'resolutions']);
    expect(kindsOf(exampleOf('captions'))).toEqual(['images', 'resolutions', 'captions']);
  });

  it('says what is missing, and what suits', () => {
    const { info } = fromArrays({
      name: 'gray',
      images: new Uint8Array(64),
      image: { ...size, channels: 1 },
    });
    expect(() => checkKind(info, 'images', 'dcgan')).not.toThrow();
    expect(() => checkKind(info, 'labelled', 'cgan')).toThrow(
      /cgan needs images with class labels, but gray has images of 8x8x1\. Data that suits: mnist, .* or a folder that holds a folder of images for each class\./,
    );
  });
});

describe('openData', () => {
  const open = (data: string, kind: DataKind, options = {}) =>
    openData({ data: join(dir, data), size, ...options }, kind);

  it('reads a folder in the layout of the kind', async () => {
    const { dataset, report } = await open('plain', 'images');
    expect(dataset.info).toMatchObject({ name: 'plain', size: 2, image: { ...size, channels: 3 } });
    expect(report!.ignored).toHaveLength(1);
    expect((await open('domains', 'pairs')).dataset.info).toMatchObject({ paired: true });
    expect((await open('wide', 'pairs', { source: 'right' })).dataset.info).toMatchObject({ paired: true });
    expect((await open('domains', 'domains')).dataset.info).toMatchObject({ paired: false });
    expect((await open('plain', 'resolutions', { factor: 2 })).dataset.info).toMatchObject({
      source: { height: 4, width: 4, channels: 3 },
    });
  });

  it('opens a named dataset', async () => {
    expect((await openData({ data: 'ring' }, 'points')).dataset.info.name).toBe('ring');
  });

  it.each([
    [{ data: 'mnsit' }, 'images', /no dataset "mnsit", and no such folder\. Did you mean "mnist"/],
    [{ data: dir }, 'images', /say what size to bring them to/],
    [{ data: dir, size }, 'points', /points do not come in folders/],
    [{ data: join(dir, 'plain'), size }, 'domains', /has no folders sources\/ and images\//],
    [{ data: 'ring', size }, 'images', /size is for folders of images; ring has its own/],
    [{ data: 'ring', channels: 1 }, 'images', /channels are for folders of images/],
    [{ data: 'ring', factor: 2 }, 'images', /factor is for super-resolution/],
    [{ data: 'emoji-pairs', source: 'left' }, 'pairs', /source is for pictures that show a pair/],
  ] as const)('refuses %o as %s', async (request, kind, message) => {
    await expect(openData(request, kind)).rejects.toThrow(message);
  });
});

describe('readImages', () => {
  it('reads one image, or those of a folder, in [-1, 1]', async () => {
    const one = await readImages(join(dir, 'wide/1.png'), { height: 4, width: 4, channels: 3 });
    expect(one.shape).toEqual([1, 4, 4, 3]);
    expect([...(await one.data())].slice(0, 3)).toEqual([1, -1, -1]);
    const all = await readImages(join(dir, 'plain'), { ...size, channels: 1 });
    expect(all.shape).toEqual([2, 8, 8, 1]);
    one.dispose();
    all.dispose();
  });

  it('names what cannot be read', async () => {
    const image = { ...size, channels: 3 };
    await expect(readImages(join(dir, 'none.png'), image)).rejects.toThrow(/none\.png cannot be read/);
    await expect(readImages(join(dir, 'plain/notes.txt'), image)).rejects.toThrow(
      /notes\.txt cannot be read/,
    );
    await expect(readImages(join(dir, 'domains'), image)).rejects.toThrow(/domains holds no image/);
  });
});
