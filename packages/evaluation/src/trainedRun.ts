import { type Condition, type Game, type Position, sample } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import type { TrainedRun } from './evaluation.js';

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
  { position, ...about }: Omit<TrainedRun, 'sample' | 'categories'> & { readonly position?: Position },
): TrainedRun {
  return {
    ...about,
    ...(game.categories !== undefined && { categories: game.categories }),
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
