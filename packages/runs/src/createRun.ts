import type { Dataset } from '@ganjs/datasets';
import { disposeGame, stepsPerEpoch, type Variant } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { unloadedGame } from './createGame.js';
import { RunError } from './errors.js';
import { type RunRecord, recordOf } from './record.js';
import { resolveSettings } from './resolveSettings.js';
import { Run, type RunContext } from './run.js';
import { RunFiles } from './runFiles.js';
import type { PartialSettings } from './runSettings.js';
import type { RunStorage } from './runStorage.js';

/** A run to be made. */
export interface NewRun extends Omit<RunContext, 'data'> {
  readonly variant: Variant;
  readonly data: Dataset;
  /** What differs from the variant's defaults, in the form of `config.json`: `{ preset: 'quick', training: { seed: 2 } }`. */
  readonly settings?: PartialSettings;
  /** Versions of what the run is made with, to be remembered. */
  readonly versions?: Readonly<Record<string, string>>;
}

/**
 * Prepares a run. Nothing is written before training begins. Needs a started backend: the game is built once, so that a
 * mistake is told here.
 *
 * @param place where it is kept, which must be empty; or how to make that place, once all else is checked.
 * @throws RunError when the storage holds files, or the variant has no such preset; ConfigError for a setting that the
 * variant does not have, a value out of its range, or a configuration that does not fit the data.
 * @example
 * const run = await createRun(memoryStorage(), { variant: dcgan, data, settings: { preset: 'quick' } });
 * for await (const event of run.train()) console.log(event.type);
 */
export async function createRun(place: RunStorage | (() => Promise<RunStorage>), made: NewRun): Promise<Run> {
  const { variant, data, settings = {}, versions = {}, ...context } = made;
  const resolved = resolveSettings(variant, [{ origin: 'createRun', settings }]).settings;
  const record = recordOf({ ...resolved, data: resolved.data ?? { name: data.info.name } }, data.info, {
    tfjs: tf.version_core,
    ...versions,
  });
  const game = unloadedGame(variant, record);
  try {
    stepsPerEpoch(game, data.info, record.training.batch);
  } finally {
    disposeGame(game);
  }
  const storage = typeof place === 'function' ? await place() : place;
  if ((await storage.list('')).length > 0) {
    throw new RunError(`${storage.location} holds files already: name another place for a new run.`);
  }
  return new Run(variant, record, new RunFiles(storage), { ...context, data });
}

/**
 * Opens a run that has begun: to go on with its training, to make images, to score it.
 *
 * @param variant the one that it was made with.
 * @throws RunError when there is no run, it is damaged, or it is of another variant.
 * @example
 * const run = await openRun(storage, { variant: dcgan });
 * const gan = await run.restore();
 * const { images } = await gan.sample({ n: 64, seed: 7 });
 */
export async function openRun(
  storage: RunStorage,
  { variant, ...context }: RunContext & { readonly variant: Variant },
): Promise<Run> {
  const files = new RunFiles(storage);
  const record = await files.readRecord();
  if (record.variant !== variant.name) {
    throw new RunError(`${storage.location} is a run of ${record.variant}, not of ${variant.name}.`);
  }
  return new Run(variant, record, files, context);
}

/** What a run in storage remembers of how it was made. @throws RunError when there is no run, or it is damaged. */
export function readRecord(storage: RunStorage): Promise<RunRecord> {
  return new RunFiles(storage).readRecord();
}
