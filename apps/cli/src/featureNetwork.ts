import type { Setting } from '@ganjs/trainer';
import { INSTALL_HINT, inceptionIfInstalled } from './inceptionIfInstalled.js';
import { UsageError } from './usageError.js';

/** What `--features` can name: networks whose features a variant's content loss compares. */
export const featureNetworks = ['inception'] as const;
export type FeatureNetworkName = (typeof featureNetworks)[number];

/** A network whose features a content loss compares. */
export interface FeatureNetwork {
  readonly extract: NonNullable<Setting['features']>;
  dispose(): void;
}

/**
 * Loads the network of `--features`, if one was named. Needs a started backend.
 *
 * @throws UsageError where its package is not installed.
 */
export async function openFeatureNetwork(name?: FeatureNetworkName): Promise<FeatureNetwork | undefined> {
  if (name === undefined) return undefined;
  const inception = await inceptionIfInstalled();
  if (!inception) throw new UsageError(`--features ${name} needs the network's weights: ${INSTALL_HINT}.`);
  return { extract: (images) => inception.maps(images), dispose: () => inception.dispose() };
}

/** Stands in for the network of a run that only draws samples. */
export const noFeatures: FeatureNetwork['extract'] = () => {
  throw new Error('a content loss was asked for outside of training');
};
