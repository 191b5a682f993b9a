import type { Dataset } from '@ganjs/datasets';
import {
  type Checkpoint,
  disposeGame,
  type FeatureNetwork,
  type Game,
  renderPicture,
  restoreGame,
  train,
  type Variant,
} from '@ganjs/trainer';
import type { DataInfo } from './data/request.js';
import { checkSuits } from './data/suitable.js';
import { type Demonstration, demonstrate } from './demonstration.js';
import { grid } from './pictures.js';
import type { Progress, RunEvent } from './progress.js';
import type { RunFolder } from './runFolder.js';
import type { Settings } from './settings.js';
import { UsageError } from './usageError.js';

/** Samples a run when its epochs are few: enough for an animation. */
const FRAMES = 30;

/** Everything of a run that is settled before its first step. */
export interface Plan {
  readonly variant: Variant;
  readonly game: Game;
  readonly data: Dataset;
  /** Data to show the run on. */
  readonly heldOut: () => Promise<Dataset>;
  readonly settings: Pick<Settings, 'batch' | 'seed' | 'length'>;
  readonly folder: RunFolder;
  readonly resume?: Checkpoint;
}

/**
 * Builds the game for the data.
 *
 * @throws UsageError when the data does not have what the variant's task needs; ConfigError when the configuration does
 * not fit it; UsageError when there are features that it has no use for.
 *
 * @param features - the network of `--features`.
 */
export function createGame(
  variant: Variant,
  info: DataInfo,
  { config, seed }: Pick<Settings, 'config' | 'seed'>,
  features?: FeatureNetwork,
): Game {
  checkSuits(variant, info);
  const { image, classes, source, embedding } = info;
  let taken = false;
  const game = variant.create(config, {
    ...{ image, classes: classes?.length ?? 0, seed },
    ...(source && { source }),
    ...(embedding !== undefined && { embedding }),
    // A getter tells whether any loss takes them: an option that changes nothing is refused.
    get features() {
      taken = true;
      return features;
    },
  });
  if (!features || taken) return game;
  disposeGame(game);
  throw new UsageError(`${variant.name} has no use for features: leave --features out.`);
}

/** How a run ended. */
export type Ending = Extract<RunEvent, { type: 'done' }>['reason'];

/**
 * Trains, and keeps the run's folder: an event a line, a picture a sample, checkpoints, and at the end curves, an
 * animation and the game's own pictures. Ctrl-C ends it after the step at hand.
 */
export async function play(plan: Plan, progress: Progress): Promise<Ending> {
  const { variant, game, data, heldOut, settings, folder } = plan;
  const { batch, seed, length } = settings;
  const interrupt = new AbortController();
  const onInterrupt = () => {
    if (interrupt.signal.aborted) process.exit(130);
    process.stderr.write('\nStopping after this step, with a checkpoint. Ctrl-C again to quit at once.\n');
    interrupt.abort();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  let show: Demonstration | undefined;
  try {
    show = await demonstrate({ task: variant.task, game, info: data.info, heldOut, seed });
    const steps = 'steps' in length ? { sampleEvery: Math.max(1, Math.ceil(length.steps / FRAMES)) } : {};
    const events = train(game, data, {
      batch,
      seed,
      length,
      ...steps,
      samples: show.n,
      sampleCondition: show.condition,
      ...(plan.resume && { resume: plan.resume }),
      signal: interrupt.signal,
    });
    let ending: Ending = 'finished';
    let last = plan.resume;
    for await (const event of events) {
      let told: RunEvent;
      if (event.type === 'sample') {
        const file = await folder.writeSample(event.step, show.picture(event.images));
        told = { type: 'sample', step: event.step, file };
      } else if (event.type === 'checkpoint') {
        last = event.checkpoint;
        const file = await folder.writeCheckpoint(event.checkpoint);
        told = { type: 'checkpoint', step: event.step, file };
      } else {
        told = event;
      }
      await folder.appendEvent(told);
      if (told.type === 'checkpoint') await folder.writeCurves(`${variant.name} on ${data.info.name}`);
      if (told.type === 'done') ending = told.reason;
      progress.show(told);
    }
    await folder.writeFinal();
    if (show.captions) await folder.writeText('captions.txt', `${show.captions.join('\n')}\n`);
    if (last) await writePictures(game, last, folder, seed);
    return ending;
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
    show?.dispose();
    disposeGame(game);
  }
}

/** Renders the pictures that the game has of itself, with the weights that its samples are drawn with. */
async function writePictures(
  game: Game,
  checkpoint: Checkpoint,
  folder: RunFolder,
  seed: number,
): Promise<void> {
  const position = restoreGame(game, checkpoint, { averaged: true });
  for (const name of Object.keys(game.pictures ?? {})) {
    const { images, columns } = await renderPicture(game, name, { seed, position });
    await folder.writePicture(name, grid(images, columns));
  }
}
