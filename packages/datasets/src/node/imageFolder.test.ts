import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Batch, type Dataset, DatasetError, disposeBatch } from '../index.js';
import {
  openCaptionedFolder,
  openImageFolder,
  openPairedFolders,
  openSideBySideFolder,
  openUnpairedFolders,
} from '../node.js';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ganjs-folders-'));
});
afterAll(() => rm(root, { recursive: true }));

type Colour = readonly [number, number, number] | readonly [number, number, number, number];

/** An image whose left half has one colour and whose right half another. */
function halves(width: number, height: number, left: Colour, right: Colour = left) {
  const channels = left.length as 3 | 4;
  const data = Buffer.from(
    Array.from({ length: width * height }, (_, i) => (i % width < width / 2 ? left : right)).flat(),
  );
  return sharp(data, { raw: { width, height, channels } });
}

/** Writes a folder of files below `root`. */
async function folder(name: string, files: Record<string, Sharp | Uint8Array | string>) {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, name, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(
      file,
      'toBuffer' in Object(content) ? await (content as Sharp).toBuffer() : (content as string),
    );
  }
  return join(root, name);
}

/** The batches of one epoch as bytes, with whatever else they hold. */
async function read<B extends Batch>(dataset: Dataset<B>, batch = dataset.info.size) {
  const seen = [];
  for await (const one of dataset.batches({ batch, seed: 1, epoch: 0 })) {
    const bytes = async (tensor: Batch['images']) =>
      [...(await tensor.data())].map((x) => Math.round(x * 127.5 + 127.5));
    const sources = (one as { sources?: Batch['images'] }).sources;
    seen.push({
      images: await bytes(one.images),
      labels: one.labels && [...(await one.labels.data())],
      sources: sources && (await bytes(sources)),
    });
    disposeBatch(one);
  }
  return seen;
}
const readOne = async <B extends Batch>(dataset: Dataset<B>) => (await read(dataset))[0]!;

const ascending = (a: number, b: number) => a - b;
const RED = [255, 0, 0] as const;
const GREEN = [0, 255, 0] as const;
const BLUE = [0, 0, 255] as const;

describe('openImageFolder', () => {
  it('reads png, jpg, webp and gif alike', async () => {
    const image = () => halves(8, 8, RED);
    const dir = await folder('types', {
      'a.png': image().png(),
      'b.JPG': image().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }),
      'c.webp': image().webp({ lossless: true }),
      'd.gif': image().gif(),
    });
    const dataset = await openImageFolder(dir, { size: 4 });
    expect(dataset.info).toEqual({ name: dir, size: 4, image: { height: 4, width: 4, channels: 3 } });
    expect(dataset.report).toEqual({ skipped: [], ignored: [] });
    const { images } = await readOne(dataset);
    for (const [i, value] of images.entries()) expect(Math.abs(value - RED[i % 3]!)).toBeLessThanOrEqual(1);
  });

  it('takes folders for classes, and nests', async () => {
    const dir = await folder('classes', {
      'green/deep/er/1.png': halves(4, 4, GREEN).png(),
      'blue/1.png': halves(4, 4, BLUE).png(),
      'blue/2.png': halves(4, 4, BLUE).png(),
    });
    const dataset = await openImageFolder(dir, { size: 1, name: 'colours' });
    expect(dataset.info).toMatchObject({ name: 'colours', size: 3, classes: ['blue', 'green'] });
    const { images, labels } = await readOne(dataset);
    expect([...labels!].sort(ascending)).toEqual([0, 0, 1]);
    for (const [i, label] of labels!.entries()) {
      expect(images.slice(3 * i, 3 * i + 3)).toEqual(label === 0 ? [...BLUE] : [...GREEN]);
    }
  });

  it('is flat when an image lies beside the folders', async () => {
    const png = () => halves(4, 4, RED).png();
    const dir = await folder('flat', { 'a/1.png': png(), 'b/1.png': png(), '1.png': png() });
    const { info } = await openImageFolder(dir, { size: 1 });
    expect(info.size).toBe(3);
    expect(info.classes).toBeUndefined();
  });

  it('crops the middle or stretches', async () => {
    // 12 x 4: red, and blue from the middle on; the crop to 4 x 4 keeps columns 4 to 7.
    const dir = await folder('wide', { 'a.png': halves(12, 4, RED, BLUE).png() });
    const cropped = (await readOne(await openImageFolder(dir, { size: 4 }))).images.slice(0, 12);
    expect(cropped).toEqual([RED, RED, BLUE, BLUE].flat());
    const stretched = await readOne(
      await openImageFolder(dir, { size: { height: 2, width: 12 }, fit: 'stretch' }),
    );
    expect(stretched.images.slice(0, 36)).toEqual([...Array(6).fill(RED), ...Array(6).fill(BLUE)].flat());
  });

  it('makes gray of colour, white of transparency, and keeps alpha when asked', async () => {
    const dir = await folder('alpha', { 'a.png': halves(4, 4, [0, 255, 0, 0], [0, 0, 0, 255]).png() });
    const open = async (channels: 1 | 3 | 4) =>
      (await readOne(await openImageFolder(dir, { size: { height: 1, width: 4 }, channels, fit: 'stretch' })))
        .images;
    expect(await open(1)).toEqual([255, 255, 0, 0]);
    expect(await open(3)).toEqual([...Array(6).fill(255), ...Array(6).fill(0)]);
    const rgba = await open(4);
    expect([3, 7, 11, 15].map((i) => rgba[i])).toEqual([0, 0, 255, 255]);
    const opaque = await folder('opaque', { 'a.png': halves(4, 4, RED).png() });
    expect((await readOne(await openImageFolder(opaque, { size: 1, channels: 4 }))).images).toEqual([
      ...RED,
      255,
    ]);
    const gray = (await readOne(await openImageFolder(opaque, { size: 1, channels: 1 }))).images;
    expect(gray).toEqual([127]); // sRGB of the luminance of red, 0.2126
  });

  it('reads gray, 16-bit, CMYK and rotated files', async () => {
    const dir = await folder('kinds', {
      '1-gray.png': sharp(Buffer.alloc(16, 100), { raw: { width: 4, height: 4, channels: 1 } }).png(),
      '2-deep.png': halves(4, 4, [100, 100, 100]).toColourspace('rgb16').png(),
    });
    for (const value of (await readOne(await openImageFolder(dir, { size: 2 }))).images) {
      expect(value).toBe(100);
    }
    const print = halves(4, 4, [100, 100, 100]).toColourspace('cmyk').jpeg({ quality: 100 });
    for (const value of (
      await readOne(await openImageFolder(await folder('cmyk', { 'a.jpg': print }), { size: 2 }))
    ).images) {
      expect(Math.abs(value - 100)).toBeLessThan(16); // there and back through a profile of inks
    }
    // Orientation 6: the camera was turned, so the left of the stored picture is its top.
    const turned = await folder('turned', {
      'a.png': halves(8, 8, RED, BLUE).withExif({}).withMetadata({ orientation: 6 }).png(),
    });
    const { images } = await readOne(
      await openImageFolder(turned, { size: { height: 2, width: 1 }, fit: 'stretch' }),
    );
    expect([images.slice(0, 3), images.slice(3)].map((pixel) => pixel.indexOf(Math.max(...pixel)))).toEqual([
      0, 2,
    ]);
  });

  it('skips what is damaged, names it, and ignores other files by name', async () => {
    const png = await halves(64, 64, RED, BLUE).png({ compressionLevel: 0 }).toBuffer();
    const jpeg = await halves(64, 64, RED, BLUE).jpeg().toBuffer();
    const good = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`good/${i}.png`, png]));
    const dir = await folder('damaged', {
      ...good,
      'bad/cut.jpg': jpeg.subarray(0, jpeg.length - 100),
      'bad/cut.png': png.subarray(0, 6000),
      'bad/text.png': 'not an image',
      'bad/empty.gif': '',
      'notes.txt': 'hello',
      '.hidden/x.png': 'hello',
    });
    const dataset = await openImageFolder(dir, { size: 8, maxSkipped: 0.1 });
    expect(dataset.info.size).toBe(40);
    expect(dataset.info.classes).toEqual(['bad', 'good']);
    expect(dataset.report.skipped.map(({ path }) => path)).toEqual([
      'bad/cut.jpg',
      'bad/cut.png',
      'bad/empty.gif',
      'bad/text.png',
    ]);
    for (const { reason } of dataset.report.skipped) expect(reason.length).toBeGreaterThan(5);
    expect(dataset.report.ignored).toEqual(['notes.txt']);
    expect(new Set((await readOne(dataset)).labels)).toEqual(new Set([1]));

    const strict = openImageFolder(dir, { size: 8 });
    await expect(strict).rejects.toBeInstanceOf(DatasetError);
    await expect(strict).rejects.toThrow(
      /unreadable images is 2 or more: bad\/cut.jpg \(.*\), .*expected at most 1 of 44/,
    );
  });

  it('decodes per batch what does not fit in memory, with the same result', async () => {
    const files = Array.from({ length: 9 }, (_, i) => [`${i}.png`, halves(6, 6, [i * 20, 0, 255 - i]).png()]);
    const dir = await folder('large', Object.fromEntries(files));
    const progress: number[] = [];
    const kept = await openImageFolder(dir, { size: 4, onProgress: (done) => progress.push(done) });
    expect(progress.at(-1)).toBe(9);
    const decoded = await openImageFolder(dir, { size: 4, memory: 0 });
    expect(await read(decoded, 4)).toEqual(await read(kept, 4));

    await writeFile(join(dir, '3.png'), 'broken since');
    await expect(read(decoded, 9)).rejects.toThrow(/3.png is unreadable .*expected the image that was there/);
  });

  it('refuses a folder that is missing, empty, or wholly damaged', async () => {
    await expect(openImageFolder(join(root, 'none'), { size: 8 })).rejects.toThrow(/none: folder is ENOENT/);
    const empty = await folder('empty', { 'a.txt': '' });
    await expect(openImageFolder(empty, { size: 8 })).rejects.toThrow(/number of images is 0, .*png, jpg/);
    const one = await folder('one', { 'a.png': 'x' });
    await expect(openImageFolder(one, { size: 8 })).rejects.toThrow(/expected at most 0 of 1/);
    await expect(openImageFolder(one, { size: 0 })).rejects.toThrow(/height is 0, expected an integer >= 1/);
  });
});

describe('pairs', () => {
  const colours: Colour[] = [RED, GREEN, BLUE];

  it('match by name across folders, at two sizes', async () => {
    const sources = await folder(
      'pairs/a',
      Object.fromEntries(colours.map((c, i) => [`x/${i}.png`, halves(4, 4, c).png()])),
    );
    const images = await folder(
      'pairs/b',
      Object.fromEntries(colours.map((c, i) => [`x/${i}.webp`, halves(4, 4, c).webp({ lossless: true })])),
    );
    const dataset = await openPairedFolders({ sources, images }, { size: 2, sourceSize: 1 });
    expect(dataset.info).toMatchObject({
      size: 3,
      paired: true,
      source: { height: 1, width: 1, channels: 3 },
      image: { height: 2 },
    });
    const batch = await readOne(dataset);
    for (let i = 0; i < 3; i++) {
      expect(batch.images.slice(12 * i, 12 * i + 3)).toEqual(batch.sources!.slice(3 * i, 3 * i + 3));
    }
  });

  it('are left out whole when one half is damaged', async () => {
    const sources = await folder('half/a', {
      '1.png': halves(2, 2, RED).png(),
      '2.png': halves(2, 2, BLUE).png(),
    });
    const images = await folder('half/b', { '1.png': 'broken', '2.png': halves(2, 2, BLUE).png() });
    const dataset = await openPairedFolders({ sources, images }, { size: 1 });
    expect(dataset.info.size).toBe(1);
    expect(dataset.report.skipped.map(({ path }) => path)).toEqual(['1.png']);
    expect((await readOne(dataset)).sources).toEqual([...BLUE]);
  });

  it('refuse an image without a partner', async () => {
    const sources = await folder('lone/a', { '1.png': 'x', '2.png': 'x' });
    const images = await folder('lone/b', { '1.png': 'x', '3.png': 'x' });
    await expect(openPairedFolders({ sources, images }, { size: 1 })).rejects.toThrow(
      /pairs is 2 images without a partner: 3.png, 2.png/,
    );
    const twice = await folder('twice/a', { '1.png': 'x', '1.jpg': 'x' });
    await expect(openPairedFolders({ sources: twice, images: twice }, { size: 1 })).rejects.toThrow(
      /ambiguous/,
    );
  });

  it('come side by side, cut at the middle before scaling', async () => {
    const dir = await folder('side', { '1.png': halves(20, 5, RED, BLUE).png() });
    const left = await readOne(await openSideBySideFolder(dir, { size: 2, sources: 'left' }));
    expect(left.sources).toEqual([RED, RED, RED, RED].flat());
    expect(left.images).toEqual([BLUE, BLUE, BLUE, BLUE].flat());
    const right = await readOne(await openSideBySideFolder(dir, { size: 2, sources: 'right' }));
    expect([right.sources, right.images]).toEqual([left.images, left.sources]);
  });
});

describe('openUnpairedFolders', () => {
  it('visits the larger domain once and the smaller one evenly', async () => {
    const gray = (i: number) => halves(2, 2, [i, i, i]).png();
    const sources = await folder('un/a', Object.fromEntries([1, 2].map((i) => [`${i}.png`, gray(i)])));
    const images = await folder(
      'un/b',
      Object.fromEntries([10, 20, 30, 40, 50].map((i) => [`${i}.png`, gray(i)])),
    );
    const dataset = await openUnpairedFolders({ sources, images }, { size: 1, channels: 1 });
    expect(dataset.info).toMatchObject({ size: 5, paired: false });
    const batch = await readOne(dataset);
    expect(batch.images.sort(ascending)).toEqual([10, 20, 30, 40, 50]);
    expect(batch.sources!.sort(ascending)).toEqual([1, 1, 1, 2, 2]);
  });
});

describe('openCaptionedFolder', () => {
  it('joins images with their captions, one drawn per epoch', async () => {
    const lines = [
      '{"file": "1.png", "caption": "red"}',
      '',
      '{"file": "in/2.png", "captions": ["blue", "azure"]}',
      '{"file": "1.png", "caption": "crimson"}',
    ];
    const dir = await folder('captions', {
      '1.png': halves(2, 2, RED).png(),
      'in/2.png': halves(2, 2, BLUE).png(),
      '3.png': halves(2, 2, GREEN).png(),
      'captions.jsonl': lines.join('\r\n'),
    });
    const dataset = await openCaptionedFolder(dir, { size: 1 });
    expect(dataset.info.size).toBe(2);
    expect(dataset.report.ignored).toEqual(['3.png']);
    const heard = new Set<string>();
    for (let epoch = 0; epoch < 20; epoch++) {
      for await (const batch of dataset.batches({ batch: 2, seed: 1, epoch })) {
        const values = await batch.images.data();
        for (const [i, caption] of batch.captions.entries()) {
          heard.add(caption);
          expect(['red', 'crimson'].includes(caption)).toBe(values[3 * i] === 1);
        }
        disposeBatch(batch);
      }
    }
    expect([...heard].sort()).toEqual(['azure', 'blue', 'crimson', 'red']);
  });

  it.each([
    ['{"file": "1.png"}', /caption line 1 is {"file": "1.png"}, expected {"file": "a.png"/],
    ['not json', /caption line 1 is not json/],
    ['{"file": "1.png", "captions": []}', /caption line 1/],
    ['{"file": "9.png", "caption": "x"}', /file of caption line 1 is '9.png', which is not there/],
  ])('refuses %s', async (line, message) => {
    const dir = await folder('bad-captions', { '1.png': halves(2, 2, RED).png(), 'captions.jsonl': line });
    await expect(openCaptionedFolder(dir, { size: 1 })).rejects.toThrow(message);
  });
});
