import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';

/**
 * The norm of a player's whole gradient, for monitoring: a falling norm warns of vanishing gradients, a
 * growing one of divergence.
 *
 *     √(Σ_w ‖g_w‖²)
 *
 * @param gradients one tensor a weight, e.g. `Object.values(tf.variableGrads(f).grads)`.
 * @returns a scalar >= 0; NaN when any gradient is.
 * @throws ShapeError for an empty list.
 * @source Pascanu, Mikolov, Bengio, "On the difficulty of training recurrent neural networks" (2013), algorithm 1.
 */
export function globalNorm(gradients: readonly tf.Tensor[]): tf.Scalar {
  if (gradients.length === 0) {
    throw new ShapeError(
      'globalNorm',
      'no gradients',
      'at least one tensor',
      'Check that the player has trainable weights.',
    );
  }
  return tf.tidy(() => tf.sqrt(tf.addN(gradients.map((g) => tf.sum<tf.Scalar>(tf.square(g))))));
}
