import type { ImageShape } from './dataset.js';
import { DatasetError } from './error.js';

/** Images that can be read by their index: from memory, or decoded when asked for. */
export interface ImageStore {
  readonly size: number;
  readonly image: ImageShape;
  /** The chosen images as uint8 [chosen, height, width, channels]. */
  read(chosen: Int32Array): Uint8Array | Promise<Uint8Array>;
}

/** The bytes of one image. */
export const imageBytes = ({ height, width, channels }: ImageShape): number => height * width * channels;

/**
 * Images in memory, as bytes that are not copied.
 *
 * @param name what messages call them.
 * @param bytes uint8 [size, height, width, channels], row-major.
 * @throws DatasetError when the length does not fit the shape, or when there is no image.
 */
export function memoryStore(name: string, bytes: Uint8Array, image: ImageShape): ImageStore {
  const each = imageBytes(image);
  const size = bytes.length / each;
  if (!Number.isInteger(size) || size < 1) {
    throw new DatasetError({
      where: name,
      field: 'length of images',
      got: bytes.length,
      expected: `a positive multiple of ${image.height} x ${image.width} x ${image.channels} = ${each} bytes`,
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
