import * as tf from '@tensorflow/tfjs';
import { checkSameShape } from '../checks.js';

/**
 * Consistency regularization (CR): a discriminator's score should not depend on the augmentation.
 *
 *     mean (D(x) - D(T(x)))²
 *
 * Balanced consistency (bCR) adds the same term on fakes:
 * `tf.add(consistency(real, augmentedReal), consistency(fake, augmentedFake))`. Gradients flow through both
 * branches. The papers' weights: 10 for CR; 10 and 10 for bCR.
 *
 * @param scores D(x), float32 of any shape.
 * @param augmentedScores D(T(x)), the same shape.
 * @returns a scalar >= 0, the mean over all scores.
 * @throws ShapeError when the shapes differ.
 * @source Zhang et al., "Consistency Regularization for GANs" (2020); Zhao et al., "Improved
 * Consistency Regularization for GANs" (2021), algorithm 1.
 */
export function consistency(scores: tf.Tensor, augmentedScores: tf.Tensor): tf.Scalar {
  checkSameShape('consistency', 'scores', scores, 'augmentedScores', augmentedScores);
  return tf.tidy(() => tf.mean<tf.Scalar>(tf.square(tf.sub(scores, augmentedScores))));
}
