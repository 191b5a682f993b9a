import * as tf from '@tensorflow/tfjs';
import { checkReduction, checkSameShape } from '../checks.js';
import { meanOf, type Reduced, type Reduction } from '../reduction.js';
import { consistency } from './consistency.js';

/**
 * Latent consistency regularization (zCR): near latents should look alike to D and unlike in G's images.
 *
 *     D = mean (D(G(z)) - D(G(z')))²,   G = -mean (G(z) - G(z'))²,   z' = z + σ ε,  ε ~ N(0, I)
 *
 * `discriminator(scores, perturbedScores, reduction)` takes two batches of scores, `generator(images,
 * perturbedImages, reduction)` two batches of images, each pair of one shape. Both return a scalar, the mean over
 * all elements, with the reduction 'none' [N], that of each sample; they throw a ShapeError when the shapes differ
 * and an OptionError for an unknown reduction. The paper's values: σ 0.03 to 0.07, weight 5 on D's side and 0.5 on
 * G's. ICR is this together with bCR (see `consistency`).
 *
 * @source Zhao et al., "Improved Consistency Regularization for GANs" (2021), algorithm 2.
 */
export const latentConsistency = {
  discriminator<R extends Reduction = 'mean'>(
    scores: tf.Tensor,
    perturbedScores: tf.Tensor,
    reduction?: R,
  ): Reduced<R> {
    return consistency(scores, perturbedScores, reduction);
  },
  generator<R extends Reduction = 'mean'>(
    images: tf.Tensor,
    perturbedImages: tf.Tensor,
    reduction?: R,
  ): Reduced<R> {
    checkSameShape('latentConsistency.generator', 'images', images, 'perturbedImages', perturbedImages);
    checkReduction('latentConsistency.generator', reduction, 'images', images);
    return tf.tidy(() => tf.neg(meanOf(tf.squaredDifference(images, perturbedImages), reduction)));
  },
};
