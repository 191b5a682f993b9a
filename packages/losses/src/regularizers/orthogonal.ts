import * as tf from '@tensorflow/tfjs';
import { checkFloat } from '../checks.js';

/**
 * Orthogonal regularization: pushes the filters of a layer to be orthonormal.
 *
 *     ‖WᵀW - I‖²_F,   W = the kernel as a matrix [inputs, outputs]
 *
 * @param kernel float32 [in, out] or [height, width, in, out].
 * @returns a scalar >= 0, summed over all pairs of filters.
 * @throws ShapeError for any other rank.
 * @source Brock et al., "Neural Photo Editing with Introspective Adversarial Networks" (2017).
 */
export function orthogonal(kernel: tf.Tensor): tf.Scalar {
  return tf.tidy(() => {
    const gram = filterProducts('orthogonal', kernel);
    return tf.sum<tf.Scalar>(tf.square(tf.sub(gram, tf.eye(gram.shape[0]))));
  });
}

/**
 * BigGAN's relaxed orthogonal regularization: only the angles between filters count, not their lengths.
 *
 *     ‖WᵀW ⊙ (1 - I)‖²_F,   W = the kernel as a matrix [inputs, outputs]
 *
 * The paper's weight is 1e-4. Its public code adds a gradient of half this size.
 *
 * @param kernel float32 [in, out] or [height, width, in, out].
 * @returns a scalar >= 0, summed over all pairs of different filters.
 * @throws ShapeError for any other rank.
 * @source Brock, Donahue, Simonyan, "Large Scale GAN Training" (2019), equation 3.
 */
export function relaxedOrthogonal(kernel: tf.Tensor): tf.Scalar {
  return tf.tidy(() => {
    const gram = filterProducts('relaxedOrthogonal', kernel);
    return tf.sum<tf.Scalar>(tf.square(tf.mul(gram, tf.sub(1, tf.eye(gram.shape[0])))));
  });
}

/** WᵀW: the inner products of a kernel's filters. */
function filterProducts(where: string, kernel: tf.Tensor): tf.Tensor2D {
  checkFloat(where, 'kernel', kernel, [2, 3, 4, 5], 'kernel [in, out] or [height, width, in, out]');
  const matrix = tf.reshape(kernel, [-1, kernel.shape[kernel.rank - 1]!]);
  return tf.matMul(matrix, matrix, true);
}
