import { type Condition, type Game, type Position, sample, sampleContext } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import type { TrainedRun } from './evaluation.js';

/** Images that go the way back at a time: bounds the memory that takes. */
const CHUNK = 16;

/**
 * A game, ready to be evaluated: it is sampled with the weights that its networks hold.
 *
 * @param game as `restoreGame` left it.
 * @param about what is not the game's, and where it stands.
 * @example
 * const position = restoreGame(game, checkpoint, { averaged: true });
 * const result = await evaluate(trainedRun(game, { task, info, position, n: 1000, seed: 1, heldOut, trainedOn }));
 */
export function trainedRun(
  game: Game,
  {
    position,
    ...about
  }: Omit<TrainedRun, 'sample' | 'categories' | 'reverse'> & { readonly position?: Position },
): TrainedRun {
  return {
    ...about,
    ...(game.categories !== undefined && { categories: game.categories }),
    ...(game.reverse && {
      reverse: (images: tf.Tensor4D) =>
        tf.tidy(() => {
          const total = images.shape[0];
          const returned: tf.Tensor[] = [];
          for (let from = 0; from < total; from += CHUNK) {
            const n = Math.min(CHUNK, total - from);
            const context = sampleContext(game, { n, seed: about.seed, ...(position && { position }) });
            returned.push(tf.tidy(() => game.reverse!(tf.slice(images, from, n), context)));
          }
          return tf.concat(returned) as tf.Tensor4D;
        }),
    }),
    async sample(n, condition) {
      const images = await sample(game, {
        n,
        seed: about.seed,
        ...(position && { position }),
        ...(condition && { condition: condition as Condition }),
      });
      return tf.tensor4d(images.data, [...images.shape]);
    },
  };
}
