import { type CaptionedDataset, captionedDataset } from '../captioned.js';
import type { Dataset } from '../dataset.js';
import { DatasetError } from '../errors.js';
import { imageDataset } from '../imageDataset.js';
import { pairedDataset, type TranslationDataset, unpairedDataset } from '../translation.js';
import { checkWholeNumber } from '../wholeNumber.js';
import { classesOf, labelsOf, matchPairs, sortFiles } from './arrange.js';
import type { ImageFile, ImageForm, Region } from './decode.js';
import { type LoadOptions, loadSamples, type SkippedFile } from './loadSamples.js';

/** What became of the files: every one of them is an image of the dataset or named here. */
export interface LoadReport {
  /** Images that could not be read, and why; a pair is left out whole. */
  readonly skipped: readonly SkippedFile[];
  /** Paths of files that are no images. */
  readonly ignored: readonly string[];
}

/** A dataset that was read from files, with an account of them. */
export type Loaded<D> = D & { readonly report: LoadReport };

/** How to read image files. */
export interface ImageFilesOptions extends LoadOptions {
  /** Height and width that each image is brought to: one number for squares. */
  readonly size: number | { readonly height: number; readonly width: number };
  /** 1 gray, 3 RGB (default), 4 RGBA. */
  readonly channels?: ImageForm['channels'];
  /** Default `'crop'`. */
  readonly fit?: ImageForm['fit'];
}

/** Options of data whose given images may be smaller than those that shall come out (super-resolution). */
export interface PairedFilesOptions extends ImageFilesOptions {
  /** Height and width of the sources. Default: `size`. */
  readonly sourceSize?: ImageFilesOptions['size'];
}

function formOf({ name, size, channels = 3, fit = 'crop' }: ImageFilesOptions): ImageForm {
  const { height, width } = typeof size === 'number' ? { height: size, width: size } : size;
  for (const [field, value] of Object.entries({ height, width })) {
    checkWholeNumber(name, field, value, 'Set size to the pixels that the networks expect.');
  }
  return { height, width, channels, fit };
}

const part = (file: ImageFile, form: ImageForm, region: Region = 'all') => ({ file, form, region });

/**
 * Images from files. With two or more folders, and no image outside of them, the folders are the classes; otherwise
 * there are none. Every file is decoded once before the first batch; see `loadSamples`.
 *
 * @throws DatasetError when there is no image, or when too many are unreadable.
 */
export async function fromImageFiles(
  files: readonly ImageFile[],
  options: ImageFilesOptions,
): Promise<Loaded<Dataset>> {
  const { images, ignored } = sortFiles(files);
  const form = formOf(options);
  const { stores, kept, skipped } = await loadSamples(
    images.map((file) => [part(file, form)]),
    options,
  );
  const classes = classesOf(images);
  const labels = classes && { classes, labels: pick(labelsOf(images, classes), kept) };
  const dataset = imageDataset({ name: options.name, images: stores[0]!, ...labels });
  return { ...dataset, report: { skipped, ignored } };
}

/** Pairs from two folders, matched by path without the ending. */
export async function fromPairedFiles(
  files: { readonly sources: readonly ImageFile[]; readonly images: readonly ImageFile[] },
  options: PairedFilesOptions,
): Promise<Loaded<TranslationDataset>> {
  const [sources, images] = [sortFiles(files.sources), sortFiles(files.images)];
  const form = formOf(options);
  const sourceForm = formOf({ ...options, size: options.sourceSize ?? options.size });
  const pairs = matchPairs(options.name, sources.images, images.images);
  const { stores, skipped } = await loadSamples(
    pairs.map(([source, image]) => [part(source, sourceForm), part(image, form)]),
    options,
  );
  const dataset = pairedDataset({ name: options.name, sources: stores[0]!, images: stores[1]! });
  return { ...dataset, report: { skipped, ignored: [...sources.ignored, ...images.ignored] } };
}

/**
 * Pairs from pictures that show both, side by side, as Pix2Pix's datasets come.
 *
 * @param sources which half is given; the other is what shall come out.
 */
export async function fromSideBySideFiles(
  files: readonly ImageFile[],
  { sources, ...options }: ImageFilesOptions & { readonly sources: 'left' | 'right' },
): Promise<Loaded<TranslationDataset>> {
  const { images, ignored } = sortFiles(files);
  const form = formOf(options);
  const other = sources === 'left' ? 'right' : 'left';
  const { stores, skipped } = await loadSamples(
    images.map((file) => [part(file, form, sources), part(file, form, other)]),
    options,
  );
  const dataset = pairedDataset({ name: options.name, sources: stores[0]!, images: stores[1]! });
  return { ...dataset, report: { skipped, ignored } };
}

/** Two domains that do not correspond. */
export async function fromUnpairedFiles(
  files: { readonly sources: readonly ImageFile[]; readonly images: readonly ImageFile[] },
  options: ImageFilesOptions,
): Promise<Loaded<TranslationDataset>> {
  const form = formOf(options);
  const load = async (domain: readonly ImageFile[]) => {
    const { images, ignored } = sortFiles(domain);
    const loaded = await loadSamples(
      images.map((file) => [part(file, form)]),
      options,
    );
    return { store: loaded.stores[0]!, skipped: loaded.skipped, ignored };
  };
  const [sources, images] = [await load(files.sources), await load(files.images)];
  const dataset = unpairedDataset({ name: options.name, sources: sources.store, images: images.store });
  return {
    ...dataset,
    report: {
      skipped: [...sources.skipped, ...images.skipped],
      ignored: [...sources.ignored, ...images.ignored],
    },
  };
}

/**
 * Images with captions from a JSON Lines text: one object a line, `{"file": "a.png", "caption": "…"}` or
 * `{"file": "a.png", "captions": ["…", "…"]}`; lines about the same file add up. Files that no line names are listed
 * as ignored.
 *
 * @throws DatasetError when a line is no such object or names a file that is not there.
 */
export async function fromCaptionedFiles(
  files: readonly ImageFile[],
  captions: string,
  options: ImageFilesOptions,
): Promise<Loaded<CaptionedDataset>> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const entries = parseCaptions(options.name, captions);
  const form = formOf(options);
  const samples = [...entries].map(([file, { line }]) => {
    const found = byPath.get(file);
    if (found) return [part(found, form)];
    throw new DatasetError({
      where: options.name,
      field: `file of caption line ${line}`,
      got: `'${file}', which is not there`,
      expected: 'the path of an image, relative to the folder',
      fix: 'Correct the path, or remove the line.',
    });
  });
  const { stores, kept, skipped } = await loadSamples(samples, options);
  const dataset = captionedDataset({
    name: options.name,
    images: stores[0]!,
    captions: pick(
      [...entries.values()].map((entry) => entry.captions),
      kept,
    ),
  });
  const ignored = sortFiles(files.filter((file) => !entries.has(file.path)));
  return {
    ...dataset,
    report: { skipped, ignored: [...ignored.images.map((file) => file.path), ...ignored.ignored] },
  };
}

/** The captions of each file, and the first line that names it. */
function parseCaptions(name: string, text: string) {
  const entries = new Map<string, { readonly line: number; readonly captions: string[] }>();
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const { file, caption, captions = [caption] } = parseObject(line);
    const good =
      typeof file === 'string' &&
      Array.isArray(captions) &&
      captions.length > 0 &&
      captions.every((one) => typeof one === 'string' && one.trim() !== '');
    if (!good) {
      throw new DatasetError({
        where: name,
        field: `caption line ${i + 1}`,
        got: line.length > 80 ? `${line.slice(0, 80)}…` : line,
        expected: '{"file": "a.png", "caption": "…"} or {"file": "a.png", "captions": ["…"]}',
        fix: 'Correct the line.',
      });
    }
    const known = entries.get(file)?.captions ?? [];
    entries.set(file, { line: i + 1, captions: [...known, ...captions] });
  }
  return entries;
}

function parseObject(line: string): { file?: unknown; caption?: unknown; captions?: unknown } {
  try {
    const value: unknown = JSON.parse(line);
    return value !== null && typeof value === 'object' ? value : {};
  } catch {
    return {};
  }
}

const pick = <T>(values: readonly T[], kept: readonly number[]): T[] => kept.map((k) => values[k]!);
