import { encode } from 'fast-png';
import type { Pixels } from './pixels.js';

/** A PNG file of the image, 8 bits per channel, lossless. The same image gives the same bytes. */
export function encodePng({ width, height, channels, data }: Pixels): Uint8Array {
  return encode({ width, height, channels, data, depth: 8 });
}
