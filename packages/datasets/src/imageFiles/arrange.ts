import { DatasetError } from '../errors.js';
import type { ImageFile } from './decode.js';
import { IMAGE_TYPES } from './loadSamples.js';

/** The images among some files, sorted by path, and what else was there. */
export interface Sorted {
  readonly images: readonly ImageFile[];
  /** Files that are no images, by path. Hidden ones (a name that starts with a dot) are not mentioned. */
  readonly ignored: readonly string[];
}

/** Picks the images out, in an order that no locale changes. */
export function sortFiles(files: readonly ImageFile[]): Sorted {
  const seen = files
    .filter(({ path }) => !path.split('/').some((name) => name.startsWith('.')))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const isImage = ({ path }: ImageFile) =>
    IMAGE_TYPES.some((type) => path.toLowerCase().endsWith(`.${type}`));
  return {
    images: seen.filter(isImage),
    ignored: seen.filter((file) => !isImage(file)).map((file) => file.path),
  };
}

const classOf = ({ path }: ImageFile) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : undefined);

/**
 * The classes of images in folders: the first name of each path, sorted.
 *
 * @returns undefined for flat data, which is when an image lies outside of any folder or when there is one folder only.
 */
export function classesOf(images: readonly ImageFile[]): readonly string[] | undefined {
  const names = new Set(images.map(classOf));
  if (names.has(undefined) || names.size < 2) return undefined;
  return [...(names as Set<string>)].sort();
}

/** The label of each image under `classes`. */
export const labelsOf = (images: readonly ImageFile[], classes: readonly string[]): number[] =>
  images.map((image) => classes.indexOf(classOf(image)!));

/**
 * Matches two folders by path without the ending: `a/1.png` with `a/1.jpg`.
 *
 * @throws DatasetError naming images without a partner: a pair that is half missing is a mistake worth stopping for.
 */
export function matchPairs(
  name: string,
  sources: readonly ImageFile[],
  images: readonly ImageFile[],
): readonly (readonly [source: ImageFile, image: ImageFile])[] {
  const stem = ({ path }: ImageFile) => path.replace(/\.[^./]*$/, '');
  const byStem = new Map(sources.map((file) => [stem(file), file]));
  const stems = new Set(images.map(stem));
  const alone = [
    ...images.filter((file) => !byStem.has(stem(file))),
    ...sources.filter((file) => !stems.has(stem(file))),
  ].map((file) => file.path);
  const twice = [sources, images].some((files) => new Set(files.map(stem)).size !== files.length);
  if (alone.length > 0 || twice) {
    throw new DatasetError({
      where: name,
      field: 'pairs',
      got: twice
        ? 'ambiguous: two images of one folder differ only in their ending'
        : `${alone.length} images without a partner: ${alone.slice(0, 5).join(', ')}${alone.length > 5 ? ', …' : ''}`,
      expected: 'for each image in one folder one of the same name in the other',
      fix: 'Rename, add or remove images so that they match.',
    });
  }
  return images.map((image) => [byStem.get(stem(image))!, image]);
}
