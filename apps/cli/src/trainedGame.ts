import { type Game, restoreNetworks } from '@ganjs/trainer';
import { askableClasses, createGame } from './play.js';
import { resolveVariant } from './resolveVariant.js';
import { type RunConfig, RunFolder } from './runFolder.js';
import { parseConfig } from './settings.js';

/** A run brought back from its folder, ready to draw samples from. Needs a started backend. */
export interface TrainedGame {
  readonly game: Game;
  readonly config: RunConfig;
  /** How many classes one can ask for; 0 where none. */
  readonly classes: number;
}

/**
 * Builds the networks of a run and gives them the weights of its last checkpoint, averaged where the run averages.
 *
 * @throws UsageError when the folder is no run, or its checkpoint is missing or damaged.
 */
export async function openTrainedGame(path: string): Promise<TrainedGame> {
  const { folder, config } = await RunFolder.open(path);
  const variant = await resolveVariant(config.variant);
  const checkpoint = await folder.readCheckpoint();
  const { image, classes, data, seed } = config;
  const info = { name: data, size: 0, image, ...(classes.length > 0 && { classes }) };
  const game = createGame(variant, info, { config: parseConfig(variant, config.config), seed });
  restoreNetworks(game, checkpoint, { averaged: true });
  return { game, config, classes: askableClasses(variant, game, info) };
}
