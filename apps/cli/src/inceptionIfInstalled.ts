import type { InceptionV3 } from '@ganjs/metrics/inception';

/** How to get what needs a trained network: scores, content losses. */
export const INSTALL_HINT = 'npm install nsfwjs@4 (28 MB)';

/** Inception v3, to be disposed; undefined where the package with its weights is not installed. */
export async function inceptionIfInstalled(): Promise<InceptionV3 | undefined> {
  const { inceptionV3 } = await import('@ganjs/metrics/inception');
  const { MetricError } = await import('@ganjs/metrics');
  return inceptionV3().catch((error: unknown) => {
    if (error instanceof MetricError) return undefined;
    throw error;
  });
}

/**
 * Lets Inception v3 look, where the package with its weights is installed.
 *
 * @returns what `look` returns, or undefined where the network is missing.
 */
export async function withInception<T>(look: (inception: InceptionV3) => Promise<T>): Promise<T | undefined> {
  const inception = await inceptionIfInstalled();
  if (!inception) return undefined;
  try {
    return await look(inception);
  } finally {
    inception.dispose();
  }
}
