import type { Dataset } from '@ganjs/datasets';
import {
  type AnyInfo,
  type Checkpoint,
  disposeGame,
  type Game,
  tasks,
  train,
  type Variant,
} from '@ganjs/trainer';
import { imageGrid, type Pixels, toPixels } from '@ganjs/visuals';
import * as tf from '@tensorflow/tfjs';
import type { Progress, RunEvent } from './progress.js';
import type { RunFolder } from './runFolder.js';
import type { Settings } from './settings.js';
import { UsageError } from './usageError.js';

/** Rows of a sample grid; as many columns, or one for each class. */
const ROWS = 8;
/** Samples a run when its epochs are few: enough for an animation. */
const FRAMES = 30;

/** Everything of a run that is settled before its first step. */
export interface Plan {
  readonly variant: Variant;
  readonly game: Game;
  readonly data: Dataset;
  readonly settings: Pick<Settings, 'batch' | 'seed' | 'length'>;
  readonly folder: RunFolder;
  readonly resume?: Checkpoint;
}

/**
 * Builds the game for the data.
 *
 * @throws UsageError when the data does not have what the variant's task needs, or the configuration does not fit it.
 */
export function createGame(
  variant: Variant,
  info: AnyInfo,
  { config, seed }: Pick<Settings, 'config' | 'seed'>,
): Game {
  const { needs, suits } = tasks[variant.task];
  if (!suits(info)) {
    throw new UsageError(`${variant.name} needs ${needs}, but ${info.name} has none.`);
  }
  const { image, classes, source } = info;
  return variant.create(config, { image, classes: classes?.length ?? 0, seed, ...(source && { source }) });
}

/** How many classes one can ask a game for; 0 where none. */
export function askableClasses(variant: Variant, game: Game, info: AnyInfo): number {
  return game.categories ?? (variant.task === 'class-conditional' ? (info.classes?.length ?? 0) : 0);
}

/** How a run ended. */
export type Ending = Extract<RunEvent, { type: 'done' }>['reason'];

/**
 * Trains, and keeps the run's folder: an event a line, a grid a sample, checkpoints, and at the end curves
 * and an animation. Ctrl-C ends it after the step at hand.
 */
export async function play(plan: Plan, progress: Progress): Promise<Ending> {
  const { variant, game, data, settings, folder } = plan;
  const { batch, seed, length } = settings;
  const classes = askableClasses(variant, game, data.info);
  const columns = classes || ROWS;
  const labels = classes > 0 ? tf.tensor1d(classesInTurn(ROWS * classes, classes), 'int32') : undefined;
  const interrupt = new AbortController();
  const onInterrupt = () => {
    if (interrupt.signal.aborted) process.exit(130);
    process.stderr.write('\nStopping after this step, with a checkpoint. Ctrl-C again to quit at once.\n');
    interrupt.abort();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  try {
    const steps = 'steps' in length ? { sampleEvery: Math.max(1, Math.ceil(length.steps / FRAMES)) } : {};
    const events = train(game, data, {
      batch,
      seed,
      length,
      ...steps,
      samples: ROWS * columns,
      ...(labels && { sampleGiven: { labels } }),
      ...(plan.resume && { resume: plan.resume }),
      signal: interrupt.signal,
    });
    let ending: Ending = 'finished';
    for await (const event of events) {
      let told: RunEvent;
      if (event.type === 'sample') {
        const file = await folder.writeSample(event.step, grid(event.images, columns));
        told = { type: 'sample', step: event.step, file };
      } else if (event.type === 'checkpoint') {
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
    return ending;
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
    labels?.dispose();
    disposeGame(game);
  }
}

/** The classes to ask for in `n` samples: 0, 1, …, and from the start again. */
export function classesInTurn(n: number, classes: number): number[] {
  return Array.from({ length: n }, (_, i) => i % classes);
}

/** Samples as one picture. */
export function grid(
  { data, shape }: { data: Float32Array; shape: readonly [number, number, number, number] },
  columns: number,
): Pixels {
  const scale = Math.max(1, Math.floor(64 / Math.max(shape[1], shape[2])));
  return imageGrid(toPixels(data, shape), { columns, scale });
}
