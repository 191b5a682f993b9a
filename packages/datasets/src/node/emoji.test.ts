import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Batch, type Dataset, disposeBatch } from '../index.js';
import { openEmoji, openEmojiCaptions, openEmojiDomains, openEmojiPairs } from '../node.js';

const bytes = async (tensor: Batch['images']) =>
  Array.from(await tensor.data<'float32'>(), (x) => Math.round(x * 127.5 + 127.5));

/** The first batch of an epoch. */
async function first<B extends Batch, T>(
  dataset: Dataset<B>,
  batch: number,
  look: (batch: B) => Promise<T>,
): Promise<T> {
  for await (const one of dataset.batches({ batch, seed: 1, epoch: 0 })) {
    const seen = await look(one);
    disposeBatch(one);
    return seen;
  }
  throw new Error('no batch');
}

describe('the emoji of emoji-datasource', () => {
  it('come in ten categories, split in train and test', async () => {
    const [train, test] = [await openEmoji(), await openEmoji({ split: 'test' })];
    expect([train.info.size, test.info.size]).toEqual([1720, 191]);
    expect(train.info.classes).toEqual(test.info.classes);
    expect(train.info.classes).toHaveLength(10);
    expect(train.info.classes).toContain('Food & Drink');
    expect((await openEmoji({ skinTones: true })).info.size).toBeGreaterThan(3000);
  });

  it('are cut from the sheet at the right places', async () => {
    // A cell that is one pixel off would show its border, or its neighbour's drawing at the rim: of most drawings the
    // rim is white, and none is all white.
    const { rim, blank } = await first(await openEmoji(), 1720, async ({ images }) => {
      const values = await bytes(images);
      let rim = 0;
      let blank = 0;
      for (let k = 0; k < 1720; k++) {
        const image = values.slice(k * 3072, (k + 1) * 3072);
        if (image.every((value) => value === 255)) blank++;
        if ([0, 31, 31 * 32, 31 * 32 + 31].every((i) => image[3 * i]! > 250)) rim++;
      }
      return { rim, blank };
    });
    expect(blank).toBe(0);
    expect(rim).toBeGreaterThan(1200);
  });

  it('pair up across vendors: a drawing is nearer to its partner than to another', async () => {
    const pairs = await openEmojiPairs({ split: 'test' });
    expect(pairs.info).toMatchObject({ size: 191, paired: true });
    const { same, other } = await first(pairs, 191, async ({ images, sources }) => {
      const [a, b] = [await images.data<'float32'>(), await sources.data<'float32'>()];
      const distance = (shift: number) =>
        a.reduce((sum, x, i) => sum + Math.abs(x - b[(i + shift * 3072) % b.length]!), 0);
      return { same: distance(0), other: distance(1) };
    });
    expect(same).toBeLessThan(0.6 * other);
  });

  it('lose their colours if asked to, and nothing else', async () => {
    const given = { sources: 'google', images: 'google', split: 'test' } as const;
    const values = (gray: boolean) =>
      openEmojiDomains({ ...given, gray }).then((domains) =>
        first(
          domains,
          96,
          async ({ images, sources }) => [await bytes(images), await bytes(sources)] as const,
        ),
      );
    const [[wanted, gray], [same, coloured]] = [await values(true), await values(false)];
    expect(wanted).toEqual(same);
    let off = 0;
    for (let i = 0; i < gray.length; i += 3) {
      const luma = 0.299 * coloured[i]! + 0.587 * coloured[i + 1]! + 0.114 * coloured[i + 2]!;
      for (const value of gray.slice(i, i + 3)) off = Math.max(off, Math.abs(value - luma));
    }
    expect(off).toBeLessThanOrEqual(0.51);
  });

  it('form two domains that share no emoji', async () => {
    const domains = await openEmojiDomains({ sources: 'google', images: 'google' });
    expect(domains.info).toMatchObject({ size: 860, paired: false });
    expect((await openEmojiDomains({ split: 'test' })).info.size).toBe(96);
    const shared = await first(domains, 860, async ({ images, sources }) => {
      const drawings = async (tensor: Batch['images']) => {
        const values = await bytes(tensor);
        return new Set(Array.from({ length: 860 }, (_, k) => values.slice(k * 3072, (k + 1) * 3072).join()));
      };
      const [a, b] = [await drawings(images), await drawings(sources)];
      return [...a].filter((drawing) => b.has(drawing)).length;
    });
    expect(shared).toBeLessThan(10); // a few emoji are drawn alike, such as some flags
  });

  it('are captioned with their names', async () => {
    const captions = await first(await openEmojiCaptions(), 1720, async (batch) => batch.captions);
    expect(captions).toContain('cricket bat and ball');
    for (const caption of captions) expect(caption).toMatch(/^[^_A-Z]+$/);
  });
});

describe('a folder of sheets', () => {
  let root: string;
  const size = 64;
  beforeAll(async () => {
    // Two by two cells of 66; cell (x, y) is filled with gray 50 + 100 x + 20 y, its border with red.
    root = await mkdtemp(join(tmpdir(), 'ganjs-emoji-'));
    const side = 2 * (size + 2);
    const data = Buffer.alloc(side * side * 4, 255);
    for (let i = 0; i < side * side; i++) {
      const [left, top] = [i % side, Math.floor(i / side)];
      const border = [left, top].some((at) => at % (size + 2) === 0 || at % (size + 2) === size + 1);
      const gray = 50 + 100 * Math.floor(left / (size + 2)) + 20 * Math.floor(top / (size + 2));
      data.set(border ? [255, 0, 0, 255] : [gray, gray, gray, 255], 4 * i);
    }
    await mkdir(join(root, 'img/google/sheets'), { recursive: true });
    await sharp(data, { raw: { width: side, height: side, channels: 4 } })
      .png()
      .toFile(join(root, 'img/google/sheets/64.png'));
    const emoji = (x: number, y: number, category: string, drawn = true) => {
      return {
        name: `AT ${x} ${y}`,
        short_names: ['a_b'],
        category,
        sheet_x: x,
        sheet_y: y,
        has_img_google: drawn,
      };
    };
    const list = [emoji(0, 0, 'b'), emoji(1, 0, 'a'), emoji(0, 1, 'a'), emoji(1, 1, 'b', false)];
    await writeFile(join(root, 'emoji.json'), JSON.stringify(list));
  });
  afterAll(() => rm(root, { recursive: true }));

  it('gives exactly its cells, without borders and without what is not drawn', async () => {
    for (const channels of [3, 4] as const) {
      const dataset = await openEmoji({ root, size: 64, channels });
      expect(dataset.info).toMatchObject({
        size: 3,
        image: { height: 64, width: 64, channels },
        classes: ['a', 'b'],
      });
      const grays = await first(dataset, 3, async ({ images, labels }) => {
        const values = await bytes(images);
        const each = size * size * channels;
        const numbers = [...(await labels!.data())];
        return numbers
          .map((label, k) => [label, ...new Set(values.slice(k * each, (k + 1) * each))].join())
          .sort();
      });
      const alpha = channels === 4 ? ',255' : '';
      expect(grays).toEqual([`0,150${alpha}`, `0,70${alpha}`, `1,50${alpha}`]);
    }
  });

  it('is refused when it lacks a sheet, or when the sheet does not fit the list', async () => {
    await expect(openEmoji({ root, size: 32 })).rejects.toThrow(
      /emoji of google, 32x32: data is not found, .*sheets.32.png/,
    );
    await expect(openEmoji({ vendor: 'facebook', size: 64 })).rejects.toThrow(
      /npm install emoji-datasource-facebook@16/,
    );
    const far = { name: 'FAR', short_names: [], category: 'a', sheet_x: 2, sheet_y: 0, has_img_google: true };
    await writeFile(join(root, 'emoji.json'), JSON.stringify([far]));
    await expect(openEmoji({ root, size: 64 })).rejects.toThrow(
      /64.png: size is 132 x 132, expected room for .* column 2, row 0/,
    );
  });
});
