import * as tf from '@tensorflow/tfjs';
import { checkSameShape } from '../checks.js';
import { consistency } from './consistency.js';

/**
 * Latent consistency regularization (zCR): near latents should look alike to D and unlike in G's images.
 *
 *     D = mean (D(G(z)) - D(G(z')))²,   G = -mean (G(z) - G(z'))²,   z' = z + σ ε,  ε ~ N(0, I)
 *
 * `discriminator(scores, perturbedScores)` takes two batches of scores, `generator(images, perturbedImages)`
 * two batches of images, each pair of one shape; both return a scalar, the mean over all elements, and throw
 * a ShapeError when the shapes differ. The paper's values: σ 0.03 to 0.07, weight 5 on D's side and 0.5 on
 * G's. ICR is this together with bCR (see `consistency`).
 *
 * @source Zhao et al., "Improved Consistency Regularization for GANs" (2021), algorithm 2.
 */
export const latentConsistency = {
  discriminator(scores: tf.Tensor, perturbedScores: tf.Tensor): tf.Scalar {
    return consistency(scores, perturbedScores);
  },
  generator(images: tf.Tensor, perturbedImages: tf.Tensor): tf.Scalar {
    checkSameShape('latentConsistency.generator', 'images', images, 'perturbedImages', perturbedImages);
    return tf.tidy(() => tf.neg(tf.mean<tf.Scalar>(tf.squaredDifference(images, perturbedImages))));
  },
};
