import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { enableHigherOrderGradients } from './enable.js';
import { untraced } from './untraced.js';

/**
 * The Euclidean norm of each example's gradient, with a finite derivative at zero.
 *
 *   norm_n = sqrt(sum_i g_ni^2)
 *
 * The derivative of the square root at zero is infinite, so a plain norm turns a zero gradient (a saturated
 * or freshly initialised critic) into NaN weights. Here the value is exact, 0 at zero, and the derivative
 * there is 0, as in PyTorch.
 *
 * @param gradient [batch, ...], float32, any values
 * @returns [batch], values >= 0
 * @throws ShapeError when `gradient` is a scalar and so has no batch axis
 */
export function gradientNorm(gradient: tf.Tensor): tf.Tensor1D {
  if (gradient.rank === 0) {
    throw new ShapeError('gradientNorm', 'a scalar', '[batch, ...]', 'Reshape one example to [1, size].');
  }
  enableHigherOrderGradients();
  return tf.tidy(() => {
    const perExample = tf.reshape(gradient, [gradient.shape[0]!, -1]);
    const squared = tf.sum(tf.square(perExample), 1) as tf.Tensor1D;
    // Where the sum is zero, sqrt(0 + 1) - 1: the same value with a finite slope.
    const isZero = untraced(() => tf.cast(tf.equal(squared, 0), 'float32'));
    return tf.sub(tf.sqrt(tf.add(squared, isZero)), isZero);
  });
}
