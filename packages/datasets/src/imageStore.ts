import { type Bytes, checkBytes } from './bytes.js';
import type { ImageShape } from './dataset.js';
import { DatasetError } from './errors.js';
import { checkWholeNumber } from './wholeNumber.js';

/** Images that can be read by their index: from memory, or decoded when asked for. */
export interface ImageStore {
  readonly size: number;
  readonly image: ImageShape;
  /** The chosen images as uint8 [chosen, height, width, channels]. */
  read(chosen: Int32Array): Bytes | Promise<Bytes>;
}

/** The bytes of one image. */
export const imageBytes = ({ height, width, channels }: ImageShape): number => height * width * channels;

/**
 * Images in memory, as bytes that are not copied.
 *
 * @param name what messages call them.
 * @param bytes uint8 [size, height, width, channels], row-major.
 * @throws DatasetError when they are no bytes, when their length does not fit the shape, or when there is no image.
 */
export function memoryStore(name: string, bytes: Bytes, image: ImageShape): ImageStore {
  checkBytes(name, 'images', bytes);
  checkImageShape(name, image);
  const each = imageBytes(image);
  const size = bytes.length / each;
  if (!Number.isInteger(size) || size < 1) {
    throw new DatasetError({
      where: name,
      field: 'length of images',
      got: bytes.length,
      expected: `a positive multiple of ${product(image)} = ${each} bytes`,
      fix: 'Check the image shape, and that no image is cut off.',
    });
  }
  return {
    size,
    image,
    read(chosen) {
      const pixels = new Uint8Array(chosen.length * each);
      for (const [i, k] of chosen.entries()) pixels.set(bytes.subarray(k * each, (k + 1) * each), i * each);
      return pixels;
    },
  };
}

/** @throws DatasetError when a store's number of images or a side of theirs is no whole number. */
export function checkStore(name: string, { size, image }: ImageStore): void {
  checkWholeNumber(name, 'number of images', size, 'Let the image store count its images.');
  checkImageShape(name, image);
}

/**
 * Reads the chosen images of any store.
 *
 * @throws DatasetError when the store reads something else than the bytes of so many images.
 */
export async function readImages(name: string, store: ImageStore, chosen: Int32Array): Promise<Bytes> {
  const pixels = await store.read(chosen);
  checkPixels(name, 'what the image store reads', pixels, store.image, chosen.length);
  return pixels;
}

/** @throws DatasetError unless `pixels` are the bytes of `count` images. */
export function checkPixels(
  where: string,
  what: string,
  pixels: Bytes,
  image: ImageShape,
  count: number,
): void {
  checkBytes(where, what, pixels);
  const expected = count * imageBytes(image);
  if (pixels.length === expected) return;
  throw new DatasetError({
    where,
    field: `length of ${what}`,
    got: pixels.length,
    expected: `${count} x ${product(image)} = ${expected} bytes`,
    fix: 'Give each image its height, width and channels, row by row.',
  });
}

function checkImageShape(name: string, { height, width, channels }: ImageShape): void {
  for (const [side, length] of Object.entries({ height, width, channels })) {
    checkWholeNumber(name, `image.${side}`, length, 'Pass the shape of one image in pixels.');
  }
}

const product = ({ height, width, channels }: ImageShape) => `${height} x ${width} x ${channels}`;
