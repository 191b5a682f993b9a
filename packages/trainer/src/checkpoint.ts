import * as tf from '@tensorflow/tfjs';
import { CheckpointError } from './errors.js';
import { type Game, numbersOf, variablesOf } from './game.js';
import { RunLength } from './moment.js';
import { type Position, positionOf } from './position.js';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from './safetensors.js';
import { weightsOf } from './weights.js';

/** Everything that a run needs to go on as if it had never stopped. Plain data. */
export interface Checkpoint {
  /** Training steps done. */
  readonly step: number;
  /** Real images shown. */
  readonly images: number;
  /** Real images a step shows. */
  readonly batch: number;
  /** The seed of the run; with it and `step` all random streams continue. */
  readonly seed: number;
  /** How `progress` runs: see {@link RunLength}. */
  readonly length: { readonly steps: number; readonly since: number; readonly done: number };
  /** Updates of each weight by optimizer, as `generator/adam`. */
  readonly counts: Readonly<Record<string, readonly number[]>>;
  /** The numbers of the game's state. */
  readonly state: Readonly<Record<string, number>>;
  /** By name: `generator/weights/0`, `generator/average/0`, `generator/adam/first/0`. */
  readonly tensors: Readonly<Record<string, StoredTensor>>;
}

const FORMAT = 'ganjs-checkpoint-2';

/** A checkpoint as one safetensors file. */
export function encodeCheckpoint({ tensors, ...rest }: Checkpoint): Uint8Array {
  return encodeSafetensors(tensors, { format: FORMAT, run: JSON.stringify(rest) });
}

/**
 * Reads a checkpoint from the bytes of its file.
 *
 * @throws CheckpointError when the file is truncated, malformed, of version 0.1, or not a checkpoint of ganjs.
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes);
  if (metadata.format === 'ganjs-checkpoint-1') {
    throw new CheckpointError(
      '@ganjs/trainer: the checkpoint is of ganjs 0.1, which counted the updates of Adam otherwise: train anew, or go on with 0.1',
    );
  }
  if (metadata.format !== FORMAT) {
    throw new CheckpointError(
      `@ganjs/trainer: the file's format is ${JSON.stringify(metadata.format ?? 'unnamed')}, expected "${FORMAT}"`,
    );
  }
  try {
    return { ...(JSON.parse(metadata.run ?? '') as Omit<Checkpoint, 'tensors'>), tensors };
  } catch (error) {
    throw new CheckpointError(
      '@ganjs/trainer: the checkpoint says nothing readable of its run: it is damaged',
      {
        cause: error,
      },
    );
  }
}

/** Copies tensors out of the backend, named by a prefix and their position. */
export async function store(
  prefix: string,
  variables: readonly tf.Tensor[],
): Promise<Record<string, StoredTensor>> {
  const entries = await Promise.all(
    variables.map(async (v, i) => {
      const data = (await v.data()).slice() as StoredTensor['data'];
      return [`${prefix}/${i}`, { shape: [...v.shape], data }] as const;
    }),
  );
  return Object.fromEntries(entries);
}

/**
 * Reads stored tensors as ones of the backend, which the caller disposes.
 *
 * @param like tensors of the shapes that are expected.
 * @throws CheckpointError naming the tensor, when one is missing or has another shape.
 */
export function read(checkpoint: Checkpoint, prefix: string, like: readonly tf.Tensor[]): tf.Tensor[] {
  const found = like.map(({ shape }, i) => {
    const name = `${prefix}/${i}`;
    const tensor = checkpoint.tensors[name];
    if (!tensor) throw new CheckpointError(`@ganjs/trainer: the checkpoint has no tensor "${name}"`);
    if (tensor.shape.join() !== shape.join()) {
      throw new CheckpointError(
        `@ganjs/trainer: "${name}" has shape [${tensor.shape}] in the checkpoint, but [${shape}] in the game: ` +
          'it belongs to another configuration',
      );
    }
    return tensor;
  });
  return found.map(({ shape, data }, i) =>
    tf.tensor(data, [...shape], like[i]!.dtype as 'float32' | 'int32'),
  );
}

/**
 * Puts stored tensors back into variables.
 *
 * @throws CheckpointError naming the tensor, when one is missing or has another shape; then nothing was changed.
 */
export function load(checkpoint: Checkpoint, prefix: string, variables: readonly tf.Variable[]): void {
  for (const [i, value] of read(checkpoint, prefix, variables).entries()) {
    variables[i]!.assign(value);
    value.dispose();
  }
}

/**
 * Puts a game where a checkpoint left it: weights, state, and the moment. Whatever is sampled next shall be given the
 * position that is returned, since games may generate by the step and by their state.
 *
 * @param options.averaged take a player's averaged weights where it has them: what samples are drawn with.
 * @returns where the game stands.
 * @throws CheckpointError when the checkpoint belongs to another game; then a network may be changed in part.
 */
export function restoreGame(game: Game, checkpoint: Checkpoint, { averaged = false } = {}): Position {
  for (const [name, player] of Object.entries(game.players)) {
    if (!player.optimizer) continue;
    const kind = averaged && player.ema !== undefined ? 'average' : 'weights';
    load(checkpoint, `${name}/${kind}`, weightsOf(player.network));
  }
  const { steps, since, done } = checkpoint.length;
  const progress = new RunLength(steps, since, done).progressAt(checkpoint.step);
  return positionOf(game, { ...checkpoint, progress }, restoreState(game, checkpoint));
}

/**
 * Gives the variables of a game's state what a checkpoint holds.
 *
 * @returns the state's numbers.
 * @throws CheckpointError naming what the checkpoint lacks.
 */
export function restoreState(game: Pick<Game, 'state'>, checkpoint: Checkpoint): Record<string, number> {
  for (const [name, variable] of Object.entries(variablesOf(game.state))) {
    load(checkpoint, `state/${name}`, [variable]);
  }
  return Object.fromEntries(
    Object.keys(numbersOf(game.state)).map((name) => {
      const value = checkpoint.state[name];
      if (typeof value === 'number') return [name, value];
      throw new CheckpointError(`@ganjs/trainer: the checkpoint has no number "${name}" of the game's state`);
    }),
  );
}
