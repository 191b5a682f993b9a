import * as tf from '@tensorflow/tfjs';
import { checkSameShape } from '../checks.js';
import { ShapeError } from '../errors.js';
import { checkBothScores } from './adversarialLoss.js';

/**
 * Noisy labels: swaps the roles of real and fake for chosen samples of a discriminator's batch.
 *
 *     real'ᵢ, fake'ᵢ = fakeᵢ, realᵢ where flips[i] = 1;  realᵢ, fakeᵢ where flips[i] = 0
 *
 * It composes with every adversarial loss, and with a stream it is a pure function of the step:
 * `flipLabels(real, fake, stream.mask(n, 0.05))`. Keep the probability at or below 0.1. For the
 * discriminator's step only.
 *
 * @param real scores of shape [N, …].
 * @param fake scores of the same shape.
 * @param flips N values, 0 or 1.
 * @returns the scores with the flipped samples exchanged.
 * @throws ShapeError when the shapes differ or `flips` does not have N values.
 * @source Chintala et al., "How to Train a GAN?" (2016), item 6; a recipe, not a theorem.
 */
export function flipLabels(
  real: tf.Tensor,
  fake: tf.Tensor,
  flips: ArrayLike<number>,
): { real: tf.Tensor; fake: tf.Tensor } {
  checkBothScores('flipLabels', real, fake);
  checkSameShape('flipLabels', 'real', real, 'fake', fake);
  const batch = real.shape[0]!;
  if (flips.length !== batch) {
    throw new ShapeError(
      'flipLabels',
      `${flips.length} flips for scores [${real.shape}]`,
      `${batch} flips, one a sample`,
      'Draw them with stream.mask(batchSize, probability).',
    );
  }
  return tf.tidy(() => {
    const mask = tf.tensor(Array.from(flips), [batch, ...real.shape.slice(1).map(() => 1)], 'float32');
    const exchange = tf.mul(mask, tf.sub(fake, real));
    return { real: tf.add(real, exchange), fake: tf.sub(fake, exchange) };
  });
}
