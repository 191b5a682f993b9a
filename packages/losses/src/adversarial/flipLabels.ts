import * as tf from '@tensorflow/tfjs';
import { checkSameShape } from '../checks.js';
import { perSample } from '../perSample.js';
import { checkBothScores } from './adversarialLoss.js';

/**
 * Noisy labels: swaps the roles of real and fake for chosen samples of a discriminator's batch.
 *
 *     realᵢ, fakeᵢ ← fakeᵢ, realᵢ  where flips[i] = 1
 *
 * It composes with every adversarial loss, and stays a pure function: draw the flips outside, e.g. as
 * `stream.mask(n, 0.05)`. Keep the probability at or below 0.1. For the discriminator's step only.
 *
 * @param real scores of shape [N, …].
 * @param fake scores of the same shape.
 * @param flips N values, 0 or 1.
 * @returns the scores with the flipped samples exchanged.
 * @throws ShapeError when the shapes differ or `flips` does not have N values.
 * @source Chintala, Denton, Arjovsky, Mathieu, "How to Train a GAN?" (2016), item 6: a recipe, not a theorem.
 */
export function flipLabels(
  real: tf.Tensor,
  fake: tf.Tensor,
  flips: tf.Tensor | Float32Array | number[],
): { real: tf.Tensor; fake: tf.Tensor } {
  checkBothScores('flipLabels', real, fake);
  checkSameShape('flipLabels', 'real', real, 'fake', fake);
  return tf.tidy(() => {
    const mask = perSample(
      'flipLabels',
      'flips',
      flips instanceof tf.Tensor ? flips : tf.tensor1d(flips),
      real,
    );
    const keep = tf.sub(1, mask);
    return {
      real: tf.add(tf.mul(keep, real), tf.mul(mask, fake)),
      fake: tf.add(tf.mul(keep, fake), tf.mul(mask, real)),
    };
  });
}
