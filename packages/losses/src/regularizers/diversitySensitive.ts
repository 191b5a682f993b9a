import { checkOption } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { absolute } from '../absolute.js';
import { checkFloat, checkReduction, checkSameShape } from '../checks.js';
import { meanOf, type Reduced, type Reduction } from '../reduction.js';

/**
 * Diversity-sensitive regularization: the mean ratio of the distance of images to that of their latents,
 * bounded so that G does not win by exploding.
 *
 *     -mean_n min(dₙ(I₁, I₂) / (dₙ(z₁, z₂) + 1e-5), tau),   dₙ = mean absolute difference within sample n
 *
 * The public code applies the bound to the negated ratio, where it cannot act; here it bounds the ratio, as in
 * the paper. That code also detaches `imagesB`: pass a constant for the same.
 *
 * @param imagesA images of the first latents, float32 [N, …].
 * @param imagesB images of the second latents, the same shape.
 * @param latentsA the first latents, float32 [N, …].
 * @param latentsB the second latents, the same shape.
 * @param options.tau the bound τ > 0. Default 10.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], in [-tau, 0].
 * @throws ShapeError when the shapes of a pair differ; OptionError for a negative tau or an unknown reduction.
 * @source Yang et al., "Diversity-Sensitive Conditional Generative Adversarial Networks" (2019).
 */
export function diversitySensitive<R extends Reduction = 'mean'>(
  imagesA: tf.Tensor,
  imagesB: tf.Tensor,
  latentsA: tf.Tensor,
  latentsB: tf.Tensor,
  { tau = 10 } = {},
  reduction?: R,
): Reduced<R> {
  const where = 'diversitySensitive';
  checkOption(where, 'tau', tau, 0);
  checkFloat(where, 'imagesA', imagesA, [2, 3, 4, 5], 'images [N, …]');
  checkSameShape(where, 'imagesA', imagesA, 'imagesB', imagesB);
  checkFloat(where, 'latentsA', latentsA, [2, 3, 4, 5], 'latents [N, …]');
  checkSameShape(where, 'latentsA', latentsA, 'latentsB', latentsB);
  checkReduction(where, reduction, 'imagesA', imagesA);
  return tf.tidy(() => {
    const distance = (a: tf.Tensor, b: tf.Tensor) =>
      tf.mean(tf.reshape(absolute(tf.sub(a, b)), [a.shape[0]!, -1]), 1);
    const ratio = tf.div(distance(imagesA, imagesB), tf.add(distance(latentsA, latentsB), 1e-5));
    return tf.neg(meanOf(tf.minimum(ratio, tau), reduction));
  });
}
