import { encoders } from '@ganjs/encoders';
import type { FeatureNetwork } from '@ganjs/trainer';
import { RunError } from './errors.js';

/** What the setting `training.features` can name: networks whose features a loss compares, or a discriminator reads. */
export const featureNetworks = ['inception'] as const;
export type FeatureNetworkName = (typeof featureNetworks)[number];

/** A feature network with its weights in memory; freed by `dispose`. */
export interface OpenFeatureNetwork extends FeatureNetwork {
  dispose(): void;
}

/**
 * Loads a feature network. Needs a started backend.
 *
 * @throws RunError where its package is not installed.
 */
export async function openFeatureNetwork(name: FeatureNetworkName): Promise<OpenFeatureNetwork> {
  const { inceptionIfInstalled } = await import('@ganjs/encoders/inception');
  const { mapShapes, install } = encoders[name];
  const inception = await inceptionIfInstalled();
  if (!inception) throw new RunError(`features ${name} need the network's weights: ${install}.`);
  return {
    shapes: mapShapes,
    extract: (images) => inception.maps(images),
    dispose: () => inception.dispose(),
  };
}

/**
 * Stands in for a feature network where a run only draws samples: it tells its shapes, so that a discriminator on
 * features can be rebuilt, and needs no weights.
 */
export function unloadedFeatureNetwork(name: FeatureNetworkName): FeatureNetwork {
  return {
    shapes: encoders[name].mapShapes,
    extract() {
      throw new Error(`The features of ${name} were asked for outside of training, where it is not loaded.`);
    },
  };
}
