import type { AnyDatasetInfo } from '@ganjs/datasets';
import {
  buildContext,
  disposeGame,
  type FeatureNetwork,
  type Game,
  parseConfig,
  type Variant,
} from '@ganjs/trainer';
import { RunError } from './errors.js';
import { unloadedFeatureNetwork } from './featureNetworks.js';
import type { RunRecord } from './record.js';

/**
 * Builds a variant's game for data.
 *
 * @throws ConfigError when the data lacks what the task needs, or the configuration does not fit it; RunError when there
 * are features that the game has no use for.
 */
export function createGame(
  variant: Variant,
  info: AnyDatasetInfo,
  config: Readonly<Record<string, unknown>>,
  { seed, features }: { readonly seed: number; readonly features?: FeatureNetwork | undefined },
): Game {
  const context = buildContext(variant.task, info, { seed });
  let taken = false;
  const game = variant.create(parseConfig(variant, config), {
    ...context,
    // A getter tells whether any loss takes them: an option that changes nothing is refused.
    get features() {
      taken = true;
      return features;
    },
  });
  if (!features || taken) return game;
  disposeGame(game);
  throw new RunError(`${variant.name} has no use for features: leave features out.`);
}

/** The game of a run, for sampling: its feature network tells shapes only. */
export function unloadedGame(
  variant: Variant,
  { info, config, training: { seed, features } }: RunRecord,
): Game {
  return createGame(variant, info, config, {
    seed,
    ...(features && { features: unloadedFeatureNetwork(features) }),
  });
}
