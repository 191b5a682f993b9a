import { type Game, type Position, parseConfig, restoreGame, type Task } from '@ganjs/trainer';
import type { DataInfo } from './data/request.js';
import { unloadedFeatureNetwork } from './featureNetwork.js';
import { createGame } from './play.js';
import { resolveVariant } from './resolveVariant.js';
import { infoOfRun, type RunConfig, RunFolder } from './runFolder.js';

/** A run brought back from its folder, ready to draw samples from. Needs a started backend. */
export interface TrainedGame {
  readonly game: Game;
  /** Where the run stands. */
  readonly position: Position;
  readonly task: Task;
  readonly info: DataInfo;
  readonly config: RunConfig;
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
  const info = infoOfRun(config);
  const settings = { config: parseConfig(variant, config.config), seed: config.seed };
  const game = createGame(variant, info, settings, await unloadedFeatureNetwork(config.features));
  const position = restoreGame(game, checkpoint, { averaged: true });
  return { game, position, task: variant.task, info, config };
}
