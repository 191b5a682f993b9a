import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { directions } from '../directions.js';

/**
 * EBGAN's pulling-away term: the encoder's codes of one generated batch should be orthogonal.
 *
 *     1 / (N (N - 1)) Σ_{i ≠ j} (sᵢ·sⱼ / (‖sᵢ‖ ‖sⱼ‖))²
 *
 * 0 for orthogonal codes, 1 for parallel ones. The paper adds it to G's loss with weight 0.1.
 *
 * @param codes encoder outputs of generated images, float32 [N, …] with N >= 2; flattened per sample.
 * @returns a scalar in [0, 1].
 * @throws ShapeError for fewer than two codes.
 * @source Zhao, Mathieu, LeCun, "Energy-based Generative Adversarial Network" (2017), section 2.4.
 */
export function pullingAway(codes: tf.Tensor): tf.Scalar {
  const n = codes.shape[0] ?? 0;
  if (codes.rank < 2 || n < 2) {
    throw new ShapeError(
      'pullingAway',
      `codes of shape [${codes.shape}]`,
      'codes [N, D] of at least two samples',
      'Use a batch of 2 or more.',
    );
  }
  return tf.tidy(() => {
    const unit = directions(tf.reshape(codes, [n, -1])) as tf.Tensor2D;
    const cosines = tf.mul(tf.matMul(unit, unit, false, true), tf.sub(1, tf.eye(n)));
    return tf.div<tf.Scalar>(tf.sum(tf.square(cosines)), n * (n - 1));
  });
}
