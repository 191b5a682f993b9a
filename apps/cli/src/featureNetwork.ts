import type { FeatureNetwork } from '@ganjs/trainer';
import { UsageError } from './usageError.js';

/** What `--features` can name: networks whose features a loss compares, or a discriminator reads. */
export const featureNetworks = ['inception'] as const;
export type FeatureNetworkName = (typeof featureNetworks)[number];

/** A feature network with its weights in memory; freed by `dispose`. */
export interface OpenFeatureNetwork extends FeatureNetwork {
  dispose(): void;
}

/**
 * Loads the network of `--features`, if one was named. Needs a started backend.
 *
 * @throws UsageError where its package is not installed.
 */
export async function openFeatureNetwork(name?: FeatureNetworkName): Promise<OpenFeatureNetwork | undefined> {
  if (name === undefined) return undefined;
  const { encoders } = await import('@ganjs/encoders');
  const { inceptionIfInstalled } = await import('@ganjs/encoders/inception');
  const { mapShapes, install } = encoders[name];
  const inception = await inceptionIfInstalled();
  if (!inception) throw new UsageError(`--features ${name} needs the network's weights: ${install}.`);
  return {
    shapes: mapShapes,
    extract: (images) => inception.maps(images),
    dispose: () => inception.dispose(),
  };
}

/**
 * Stands in for the network of `--features`, if one was named, where a run only draws samples: it tells its shapes, so
 * that a discriminator on features can be rebuilt, and needs no weights.
 */
export async function unloadedFeatureNetwork(name?: FeatureNetworkName): Promise<FeatureNetwork | undefined> {
  if (name === undefined) return undefined;
  const { encoders } = await import('@ganjs/encoders');
  return {
    shapes: encoders[name].mapShapes,
    extract() {
      throw new Error(`The features of ${name} were asked for outside of training, where it is not loaded.`);
    },
  };
}
