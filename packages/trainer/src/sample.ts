import { stream, withStream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { Draw } from './draw.js';
import { GameError } from './errors.js';
import type { Images } from './events.js';
import type { Game, Play } from './game.js';

export interface SampleOptions {
  /** How many images. */
  readonly n: number;
  /** The same seed gives the same images. */
  readonly seed: number;
  /** Classes to ask a class-conditional game for: one for each image. */
  readonly labels?: readonly number[];
}

/** Images made at a time: bounds the memory that many samples take. */
const CHUNK = 100;

/**
 * Draws images with the weights that the game's networks hold. The noise of image i does not depend on n,
 * up to whole chunks of 100.
 *
 * @returns float32 in [-1, 1], shape [n, height, width, channels].
 */
export async function sample(game: Game, { n, seed, labels }: SampleOptions): Promise<Images> {
  const chunks: Float32Array[] = [];
  let shape: readonly number[] = [];
  for (let from = 0; from < n; from += CHUNK) {
    const count = Math.min(CHUNK, n - from);
    const images = withStream(stream(seed, 'sample', from, 'layers'), () =>
      tf.tidy(() =>
        game.sample({
          n: count,
          play: plays(game, { training: false }),
          draw: new Draw(stream(seed, 'sample', from)),
          labels: tf.tensor1d(labels?.slice(from, from + count) ?? new Array<number>(count).fill(0), 'int32'),
        }),
      ),
    );
    shape = images.shape;
    chunks.push((await images.data<'float32'>()).slice());
    images.dispose();
    if (shape.length !== 4) {
      throw new GameError(
        `@ganjs/trainer: the game sampled shape [${shape}], expected [n, height, width, channels]`,
      );
    }
  }
  const [, height = 0, width = 0, channels = 0] = shape;
  const data = new Float32Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    data.set(chunk, offset);
    offset += chunk.length;
  }
  return { data, shape: [n, height, width, channels] };
}

/** The players' networks as functions. */
export function plays(game: Game, options: { training: boolean }): Record<string, Play> {
  const play =
    (network: tf.LayersModel): Play =>
    (...inputs) =>
      network.apply(inputs.length === 1 ? inputs[0]! : inputs, options) as tf.Tensor;
  return Object.fromEntries(Object.entries(game.players).map(([name, { network }]) => [name, play(network)]));
}
