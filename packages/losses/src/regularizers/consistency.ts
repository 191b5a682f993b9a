import * as tf from '@tensorflow/tfjs';
import { checkReduction, checkSameShape } from '../checks.js';
import { meanOf, type Reduced, type Reduction } from '../reduction.js';

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
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0: the mean over all scores.
 * @throws ShapeError when the shapes differ; OptionError for an unknown reduction.
 * @source Zhang et al., "Consistency Regularization for GANs" (2020); Zhao et al., "Improved
 * Consistency Regularization for GANs" (2021), algorithm 1.
 */
export function consistency<R extends Reduction = 'mean'>(
  scores: tf.Tensor,
  augmentedScores: tf.Tensor,
  reduction?: R,
): Reduced<R> {
  checkSameShape('consistency', 'scores', scores, 'augmentedScores', augmentedScores);
  checkReduction('consistency', reduction, 'scores', scores);
  return tf.tidy(() => meanOf(tf.square(tf.sub(scores, augmentedScores)), reduction));
}
