import { checkOption, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { checkFloat, checkReduction } from '../checks.js';
import { directions } from '../directions.js';
import { meanOf, type Reduced, type Reduction } from '../reduction.js';

/**
 * Contextual loss: every feature of the target should be found somewhere in the image, aligned or not.
 *
 *     d_ij = 1 - cos(x_i - ȳ, y_j - ȳ) halved,   d̃_ij = d_ij / (min_k d_ik + 1e-5)
 *     A_ij = softmax_j((1 - d̃_ij) / bandwidth),   loss = mean_n -log mean_j max_i A_ij
 *
 * ȳ is the mean of each image's target features. Memory grows with P·Q: sample about 65² points of larger maps.
 *
 * @param features of the generated images, float32 [N, P, C] points or [N, H, W, C] maps.
 * @param target features of the target images, float32 [N, Q, C] or [N, H, W, C].
 * @param options.bandwidth h > 0. Default 0.5.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], in [0, log Q]: the mean over the batch; 0 when every target feature is matched by
 * one alone.
 * @throws ShapeError when batch or channels differ; OptionError for a bandwidth that is not positive or an unknown
 * reduction.
 * @source Mechrez, Talmi, Zelnik-Manor, "The Contextual Loss for Image Transformation with Non-Aligned Data" (2018).
 */
export function contextual<R extends Reduction = 'mean'>(
  features: tf.Tensor,
  target: tf.Tensor,
  { bandwidth = 0.5 } = {},
  reduction?: R,
): Reduced<R> {
  const where = 'contextual';
  checkOption(where, 'bandwidth', bandwidth, 1e-6);
  checkReduction(where, reduction, 'features', features);
  checkFloat(where, 'features', features, [3, 4], 'points [N, P, C] or maps [N, H, W, C]');
  checkFloat(where, 'target', target, [3, 4], 'points [N, Q, C] or maps [N, H, W, C]');
  const batch = features.shape[0]!;
  const channels = features.shape[features.rank - 1]!;
  if (target.shape[0] !== batch || target.shape[target.rank - 1] !== channels) {
    throw new ShapeError(
      where,
      `features [${features.shape}] and target [${target.shape}]`,
      'equal batch sizes and channels',
      'Take both from the same layer of the same network.',
    );
  }
  return tf.tidy(() => {
    const y = tf.reshape(target, [batch, -1, channels]);
    const centre = tf.mean(y, 1, true);
    const x = tf.reshape(features, [batch, -1, channels]);
    const cosines = tf.matMul(directions(tf.sub(x, centre)), directions(tf.sub(y, centre)), false, true);
    const distances = tf.mul(0.5, tf.sub(1, cosines));
    const relative = tf.div(distances, tf.add(tf.min(distances, 2, true), 1e-5));
    const affinity = tf.softmax(tf.div(tf.sub(1, relative), bandwidth), 2);
    return tf.neg(meanOf(tf.log(tf.mean(tf.max(affinity, 1), 1)), reduction));
  });
}
