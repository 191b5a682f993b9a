import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CaptionedDataset, captionedDataset } from '../captioned.js';
import type { Dataset } from '../dataset.js';
import { DatasetError } from '../errors.js';
import { imageDataset } from '../imageDataset.js';
import { type ImageStore, imageBytes, memoryStore } from '../imageStore.js';
import { pairedDataset, type TranslationDataset, unpairedDataset } from '../translation.js';
import type { Split } from './namedDataset.js';
import { packageFolder } from './npmPackage.js';
import { loadSharp } from './sharpDecoder.js';

/**
 * Who drew the emoji. Google's (Noto Emoji, Apache 2.0) and Twitter's (Twemoji, CC BY 4.0) may be used in what you
 * publish, with attribution; Apple's and Facebook's may not.
 */
export type EmojiVendor = 'google' | 'twitter' | 'apple' | 'facebook';

/** Which emoji to open, and how large. */
export interface EmojiOptions {
  /** Every tenth emoji is for testing. Default `'train'`. */
  readonly split?: Split;
  /**
   * Height and width: 32 (default) from the npm package `emoji-datasource`; 64 from `emoji-datasource-google` and
   * `emoji-datasource-twitter`.
   */
  readonly size?: 32 | 64;
  /** 3 RGB on white (default) or 4 RGBA. */
  readonly channels?: 3 | 4;
  /** Whether to add the variants with a skin tone: about twice as many images. Default false. */
  readonly skinTones?: boolean;
  /** A folder with `emoji.json` and `img/<vendor>/sheets/<size>.png`; default: the npm package. */
  readonly root?: string;
}

/** The drawings of one vendor, in the ten categories of Unicode. */
export async function openEmoji(
  options: EmojiOptions & { readonly vendor?: EmojiVendor } = {},
): Promise<Dataset> {
  const { vendor = 'google' } = options;
  const entries = await listEmoji(vendor, options);
  const classes = [...new Set(entries.all.map((entry) => entry.category))].sort();
  const chosen = entries.split.filter((entry) => entry.vendors.has(vendor));
  const images = await cutSheet(vendor, chosen, options);
  const labels = chosen.map((entry) => classes.indexOf(entry.category));
  return imageDataset({ name: 'emoji', images, labels, classes });
}

/** Who drew the given and the wanted images. */
export interface EmojiDomains {
  /** Default `'twitter'`. */
  readonly sources?: EmojiVendor;
  /** Default `'google'`. */
  readonly images?: EmojiVendor;
}

/** Each emoji as drawn by two vendors. */
export async function openEmojiPairs(options: EmojiOptions & EmojiDomains = {}): Promise<TranslationDataset> {
  const { sources = 'twitter', images = 'google' } = options;
  const { split } = await listEmoji(images, options);
  const chosen = split.filter((entry) => entry.vendors.has(sources) && entry.vendors.has(images));
  return pairedDataset({
    name: 'emoji-pairs',
    sources: await cutSheet(sources, chosen, options),
    images: await cutSheet(images, chosen, options),
  });
}

/**
 * Two vendors' drawings of different emoji: each vendor has one half of the split, so no pair can be formed. With
 * `gray`, those of the first vendor have lost their colours (the luma of BT.601, in as many channels).
 */
export async function openEmojiDomains(
  options: EmojiOptions & EmojiDomains & { readonly gray?: boolean } = {},
): Promise<TranslationDataset> {
  const { sources = 'twitter', images = 'google', gray = false } = options;
  const { split } = await listEmoji(images, options);
  // The tens are added so that both halves of the test split, whose numbers are all odd, have images.
  const parity = ({ base }: Entry) => (base + Math.floor(base / TEST_EVERY)) % 2;
  const half = (vendor: EmojiVendor, wanted: 0 | 1) =>
    split.filter((entry) => parity(entry) === wanted && entry.vendors.has(vendor));
  return unpairedDataset({
    name: gray ? 'emoji-gray' : 'emoji-domains',
    sources: await cutSheet(sources, half(sources, 1), options, gray),
    images: await cutSheet(images, half(images, 0), options),
  });
}

/** The drawings of one vendor with their names: the official one and the short ones. */
export async function openEmojiCaptions(
  options: EmojiOptions & { readonly vendor?: EmojiVendor } = {},
): Promise<CaptionedDataset> {
  const { vendor = 'google' } = options;
  const { split } = await listEmoji(vendor, options);
  const chosen = split.filter((entry) => entry.vendors.has(vendor));
  return captionedDataset({
    name: 'emoji-captions',
    images: await cutSheet(vendor, chosen, options),
    captions: chosen.map((entry) => entry.names),
  });
}

/** One drawing: where it lies on the sheets, and what it shows. */
interface Entry {
  /** The emoji's place in the list; variants of one emoji share it, so that they fall in the same split. */
  readonly base: number;
  readonly category: string;
  readonly names: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly vendors: ReadonlySet<string>;
}

/** The fields of emoji.json that are used. */
interface Drawing {
  readonly sheet_x: number;
  readonly sheet_y: number;
  readonly [hasImg: `has_img_${string}`]: boolean;
}
interface Emoji extends Drawing {
  readonly name: string;
  readonly short_names: readonly string[];
  readonly category: string;
  readonly skin_variations?: Readonly<Record<string, Drawing>>;
}

const VENDORS = ['google', 'twitter', 'apple', 'facebook'];
const TEST_EVERY = 10;

/** The emoji of the list, and those of the split that is asked for. */
async function listEmoji(vendor: EmojiVendor, options: EmojiOptions) {
  const { split = 'train', skinTones = false } = options;
  const list = JSON.parse(await readFile(join(folderOf(vendor, options), 'emoji.json'), 'utf8')) as Emoji[];
  const all = list.flatMap((emoji, base): Entry[] => {
    const { category } = emoji;
    const names = [emoji.name, ...emoji.short_names].map((name) => name.toLowerCase().replace(/[_-]/g, ' '));
    const drawings = [emoji, ...(skinTones ? Object.values(emoji.skin_variations ?? {}) : [])];
    return drawings.map((drawing) => ({
      base,
      category,
      names: [...new Set(names)],
      x: drawing.sheet_x,
      y: drawing.sheet_y,
      vendors: new Set(VENDORS.filter((one) => drawing[`has_img_${one}`])),
    }));
  });
  const inTest = ({ base }: Entry) => base % TEST_EVERY === TEST_EVERY - 1;
  return { all, split: all.filter((entry) => inTest(entry) === (split === 'test')) };
}

function folderOf(vendor: EmojiVendor, { size = 32, root }: EmojiOptions): string {
  const name = size === 32 ? 'emoji-datasource' : `emoji-datasource-${vendor}`;
  const folder = root ?? packageFolder(name);
  const sheet = folder && sheetOf(folder, vendor, size);
  if (sheet && existsSync(sheet) && existsSync(join(folder, 'emoji.json'))) return folder;
  throw new DatasetError({
    where: `emoji of ${vendor}, ${size}x${size}`,
    field: 'data',
    got: 'not found',
    expected: sheet ? `emoji.json and ${sheet}` : `the npm package ${name}`,
    fix: `Install it with \`npm install ${name}@16.0.0\`, or name its folder as root.`,
  });
}

const sheetOf = (folder: string, vendor: EmojiVendor, size: number) =>
  join(folder, 'img', vendor, 'sheets', `${size}.png`);

/** Cuts drawings out of a vendor's sheet, on which each stands in a border of one pixel. */
async function cutSheet(
  vendor: EmojiVendor,
  entries: readonly Entry[],
  options: EmojiOptions,
  gray = false,
): Promise<ImageStore> {
  const { size = 32, channels = 3 } = options;
  const file = sheetOf(folderOf(vendor, options), vendor, size);
  const sharp = await loadSharp();
  const sheet = sharp(await readFile(file));
  const form = channels === 3 ? sheet.flatten({ background: '#fff' }) : sheet.ensureAlpha();
  const { data, info } = await form.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });

  const image = { height: size, width: size, channels };
  const each = imageBytes(image);
  const pixels = new Uint8Array(entries.length * each);
  for (const [k, { x, y }] of entries.entries()) {
    const [left, top] = [x * (size + 2) + 1, y * (size + 2) + 1];
    if (left + size > info.width || top + size > info.height) {
      throw new DatasetError({
        where: file,
        field: 'size',
        got: `${info.width} x ${info.height}`,
        expected: `room for the drawing at column ${x}, row ${y}`,
        fix: 'Use the sheet and the emoji.json of one version.',
      });
    }
    for (let row = 0; row < size; row++) {
      const start = ((top + row) * info.width + left) * channels;
      pixels.set(data.subarray(start, start + size * channels), k * each + row * size * channels);
    }
  }
  if (gray) {
    for (let i = 0; i < pixels.length; i += channels) {
      const luma = 0.299 * pixels[i]! + 0.587 * pixels[i + 1]! + 0.114 * pixels[i + 2]!;
      pixels.fill(Math.round(luma), i, i + 3);
    }
  }
  return memoryStore(file, pixels, image);
}
