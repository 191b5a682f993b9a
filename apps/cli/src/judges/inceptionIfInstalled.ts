import type { InceptionV3 } from '@ganjs/metrics/inception';

/** How to get the scores that need a network. */
export const INSTALL_HINT = 'npm install nsfwjs@4 (28 MB)';

/**
 * Lets Inception v3 look, where the package with its weights is installed.
 *
 * @returns what `look` returns, or undefined where the network is missing.
 */
export async function withInception<T>(look: (inception: InceptionV3) => Promise<T>): Promise<T | undefined> {
  const { inceptionV3 } = await import('@ganjs/metrics/inception');
  const { MetricError } = await import('@ganjs/metrics');
  const inception = await inceptionV3().catch((error: unknown) => {
    if (error instanceof MetricError) return undefined;
    throw error;
  });
  if (!inception) return undefined;
  try {
    return await look(inception);
  } finally {
    inception.dispose();
  }
}
