import { encoders } from '@ganjs/encoders';
import type { InceptionV3 } from '@ganjs/encoders/inception';

/** How to get Inception v3, where scores wait for it. */
export const INSTALL_INCEPTION = encoders.inception.install;

/**
 * Lets Inception v3 look, where the package with its weights is installed.
 *
 * @returns what `look` returns, or undefined where the network is missing.
 */
export async function withInception<T>(look: (inception: InceptionV3) => Promise<T>): Promise<T | undefined> {
  const { inceptionIfInstalled } = await import('@ganjs/encoders/inception');
  const inception = await inceptionIfInstalled();
  if (!inception) return undefined;
  try {
    return await look(inception);
  } finally {
    inception.dispose();
  }
}
