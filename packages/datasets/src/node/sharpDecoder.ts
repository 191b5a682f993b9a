import type { Sharp, SharpOptions } from 'sharp';
import { DatasetError } from '../errors.js';
import type { DecodeImage } from '../imageFiles/decode.js';

type SharpModule = (input: Uint8Array, options?: SharpOptions) => Sharp;

/** The optional library, or an error that says what to install. */
export async function loadSharp(): Promise<SharpModule> {
  try {
    return (await import('sharp')).default as unknown as SharpModule;
  } catch (cause) {
    const problem = { where: 'image files', field: 'the decoder (sharp)', got: 'not installed' };
    throw new DatasetError(
      { ...problem, expected: 'sharp ^0.35.5', fix: 'Install it with `npm install sharp`.' },
      { cause },
    );
  }
}

/**
 * Decodes with sharp (libvips): Lanczos resampling with antialiasing, colours brought to sRGB, 8 bits a channel.
 *
 * @throws DatasetError when sharp is not installed.
 */
export async function sharpDecoder(): Promise<DecodeImage> {
  const sharp = await loadSharp();
  return async (file, { height, width, channels, fit }, region) => {
    // failOn 'warning' refuses files that are cut off, of which libvips would show the first rows.
    let image = sharp(file, { failOn: 'warning' }).autoOrient();
    if (region !== 'all') {
      const { autoOrient: whole } = await image.metadata();
      const half = Math.floor(whole.width / 2);
      image = image.extract({
        left: region === 'left' ? 0 : whole.width - half,
        top: 0,
        width: half,
        height: whole.height,
      });
    }
    image = image.resize({ width, height, fit: fit === 'crop' ? 'cover' : 'fill' });
    image = channels === 4 ? image.ensureAlpha() : image.flatten({ background: '#fff' });
    image = image.toColourspace(channels === 1 ? 'b-w' : 'srgb');
    const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    if (info.channels !== channels) {
      throw new Error(`decodes to ${info.channels} channels where ${channels} were asked for`);
    }
    return data;
  };
}
