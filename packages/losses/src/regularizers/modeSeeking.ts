import * as tf from '@tensorflow/tfjs';
import { l1 } from '../auxiliary/distances.js';
import { checkSameShape } from '../checks.js';

/**
 * Mode seeking: two latents under one condition should give different images.
 *
 *     1 / (d(I₁, I₂) / d(z₁, z₂) + 1e-5),   d = mean absolute difference over the whole batch
 *
 * The reciprocal turns the paper's ratio, which G maximises, into a loss as its code does. Weight 1.
 *
 * @param imagesA images of the first latents, float32 of any shape.
 * @param imagesB images of the second latents, the same shape.
 * @param latentsA the first latents, float32 of any shape.
 * @param latentsB the second latents, the same shape.
 * @returns a scalar in (0, 1e5].
 * @throws ShapeError when the shapes of a pair differ.
 * @source Mao et al., "Mode Seeking Generative Adversarial Networks for Diverse Image Synthesis" (2019).
 */
export function modeSeeking(
  imagesA: tf.Tensor,
  imagesB: tf.Tensor,
  latentsA: tf.Tensor,
  latentsB: tf.Tensor,
): tf.Scalar {
  checkSameShape('modeSeeking', 'imagesA', imagesA, 'imagesB', imagesB);
  checkSameShape('modeSeeking', 'latentsA', latentsA, 'latentsB', latentsB);
  return tf.tidy(() => {
    const ratio = tf.div(l1(imagesA, imagesB), l1(latentsA, latentsB));
    return tf.reciprocal(tf.add<tf.Scalar>(ratio, 1e-5));
  });
}
