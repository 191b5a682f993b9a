import { decode, encode } from 'fast-png';
import { VisualsError } from './errors.js';
import type { Pixels } from './pixels.js';

/** A PNG file of the image, 8 bits per channel, lossless. The same image gives the same bytes. */
export function encodePng({ width, height, channels, data }: Pixels): Uint8Array {
  return encode({ width, height, channels, data, depth: 8 });
}

/**
 * The image in a PNG file of 8 bits per channel, as `encodePng` writes it.
 *
 * @throws VisualsError when the file is of another kind: 16 bits, a palette, or gray with transparency. Error when it is
 *   damaged or no PNG at all.
 */
export function decodePng(file: Uint8Array): Pixels {
  const { width, height, channels, data, depth, palette } = decode(file, { checkCrc: true });
  const known = channels === 1 || channels === 3 || channels === 4;
  if (!known || palette || !(data instanceof Uint8Array) || depth !== 8) {
    throw new VisualsError(
      'PNG form',
      palette ? 'a palette' : `${channels} channels of ${depth} bits`,
      '1, 3 or 4 channels of 8 bits',
      'Convert the file first.',
    );
  }
  return { width, height, channels, data };
}
