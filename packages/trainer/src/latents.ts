import type { Batch } from '@ganjs/datasets';
import * as tf from '@tensorflow/tfjs';
import { GameError } from './errors.js';
import type { SampleContext, State } from './game.js';

/**
 * The space that images are made from. It alone serves truncation, saved samples, interpolation, style mixing,
 * projection and perceptual path length.
 */
export interface Latents<Name extends string = string, B extends Batch = Batch, S extends State = State> {
  /** The shape of one: [100]; or [layers, 512], where rows of several can be mixed. */
  readonly shape: readonly number[];
  /** Between two of them: on a great circle (Gaussian noise) or straight (a learned space). */
  readonly interpolation: 'slerp' | 'lerp';
  /**
   * Draws n of them, float32 [n, ...shape].
   *
   * @throws GameError where the game cannot truncate, for a truncation below 1.
   */
  sample(
    context: SampleContext<Name, B, S> & {
      /** In (0, 1]: below 1, nearer to the mean, for images that vary less and fail less. */
      readonly truncation: number;
    },
  ): tf.Tensor;
  /**
   * Makes images of latents, float32 [n, ...shape]; differentiable with respect to them. What else is random is the same
   * for the same seed.
   */
  synthesize(latents: tf.Tensor, context: SampleContext<Name, B, S>): tf.Tensor;
}

/**
 * Latents z from N(0, 1) whose length says little, so that the way from one to another leads along a great circle
 * (White, "Sampling Generative Networks", 2016). Truncated, each is ψ z: the mean is 0. What remains to say is how images
 * are made of them:
 *
 *     latents: { ...gaussianLatents(100), synthesize: (z, { networks }) => networks.generator(z) }
 *
 * @param length of one vector.
 */
export function gaussianLatents(length: number): Pick<Latents, 'shape' | 'interpolation'> & {
  sample(context: Pick<SampleContext, 'n' | 'random'> & { readonly truncation: number }): tf.Tensor;
} {
  return {
    shape: [length],
    interpolation: 'slerp',
    sample({ n, random, truncation }) {
      const z = random.normal([n, length]);
      return truncation === 1 ? z : tf.mul(z, truncation);
    },
  };
}

/** @throws GameError unless the latents are n of the shape that the game makes images from. */
export function checkLatents(latents: tf.Tensor, n: number, shape: readonly number[]): void {
  if (latents.shape.join() !== [n, ...shape].join()) {
    throw new GameError(
      `@ganjs/trainer: latents of shape [${latents.shape}], expected [${[n, ...shape]}]: ${n} of the game's latents`,
    );
  }
}
