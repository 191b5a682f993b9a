import { OptionError, ShapeError } from '@ganjs/errors';

/**
 * The brightness of an image as published comparisons of super-resolution take it (BT.601, studio swing):
 *
 *   16 + (65.481 R + 128.553 G + 24.966 B) / 255,  of bytes
 *
 * A gray image is its own brightness.
 *
 * @param image [height, width, channels] bytes, 0 … 255.
 * @param channels 1 or 3 (RGB).
 * @returns [height, width] in [16, 235], or the bytes of a gray image.
 * @throws OptionError for other channels.
 * @throws ShapeError when the last pixel is incomplete.
 * @see ITU-R BT.601; `rgb2ycbcr` of MATLAB.
 */
export function luma(image: ArrayLike<number>, channels: number): Float64Array {
  if (channels !== 1 && channels !== 3) {
    throw new OptionError(
      'luma',
      `${channels} channels`,
      '1 or 3',
      'Lay images with transparency over a background first.',
    );
  }
  if (image.length % channels !== 0) {
    throw new ShapeError(
      'luma',
      `${image.length} values of ${channels} channels`,
      'whole pixels',
      'Pass all values of the image.',
    );
  }
  if (channels === 1) return Float64Array.from(image);
  return Float64Array.from({ length: image.length / 3 }, (_, i) => {
    const [red, green, blue] = [image[3 * i]!, image[3 * i + 1]!, image[3 * i + 2]!];
    return 16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255;
  });
}
