import * as tf from '@tensorflow/tfjs';
import { CheckpointError } from './errors.js';
import type { Game } from './game.js';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from './safetensors.js';
import { weightsOf } from './weights.js';

/** Everything that a run needs to go on as if it had never stopped. Plain data. */
export interface Checkpoint {
  /** Training steps done. */
  readonly step: number;
  /** The seed of the run; with it and `step` all random streams continue. */
  readonly seed: number;
  /** Counters by name, such as an optimizer's number of updates. */
  readonly counters: Readonly<Record<string, number>>;
  /** By name: `generator/weights/0`, `generator/average/0`, `generator/adam/first/0`. */
  readonly tensors: Readonly<Record<string, StoredTensor>>;
}

const FORMAT = 'ganjs-checkpoint-1';

/** A checkpoint as one safetensors file. */
export function encodeCheckpoint({ step, seed, counters, tensors }: Checkpoint): Uint8Array {
  return encodeSafetensors(tensors, { format: FORMAT, state: JSON.stringify({ step, seed, counters }) });
}

/**
 * Reads a checkpoint from the bytes of its file.
 *
 * @throws CheckpointError when the file is truncated, malformed or not a checkpoint of ganjs.
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes);
  if (metadata.format !== FORMAT) {
    throw new CheckpointError(
      `@ganjs/trainer: the file's format is ${JSON.stringify(metadata.format ?? 'unnamed')}, expected "${FORMAT}"`,
    );
  }
  const state = JSON.parse(metadata.state ?? '{}') as Omit<Checkpoint, 'tensors'>;
  return { ...state, tensors };
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
 * @param like - tensors of the shapes that are expected.
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
 * Gives a game's networks the weights of a checkpoint.
 *
 * @param averaged - take a player's averaged weights where it has them: what samples are drawn with.
 * @throws CheckpointError when the checkpoint belongs to another game.
 */
export function restoreNetworks(game: Game, checkpoint: Checkpoint, { averaged = false } = {}): void {
  for (const [name, player] of Object.entries(game.players)) {
    const kind = averaged && player.ema !== undefined ? 'average' : 'weights';
    load(checkpoint, `${name}/${kind}`, weightsOf(player.network));
  }
}
