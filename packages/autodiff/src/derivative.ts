import * as tf from '@tensorflow/tfjs';
import { enableHigherOrderGradients } from './enable.js';
import { DisconnectedInputError } from './errors.js';

/** The result of a function of `x`, and the derivative of <seed, result> with respect to `x`. */
export interface Derivative {
  value: tf.Tensor;
  gradient: tf.Tensor;
}

/**
 * Evaluates `f` at `x` with its derivative. Both stay on the tape of a derivative in progress.
 *
 * @param helper name of the calling function, for the message
 * @param seed what the result is multiplied with before it is summed; ones when absent
 * @throws DisconnectedInputError when the result of `f` does not depend on `x`
 */
export function derivative(
  helper: string,
  f: (x: tf.Tensor) => tf.Tensor,
  x: tf.Tensor,
  seed?: tf.Tensor,
): Derivative {
  enableHigherOrderGradients();
  return tf.tidy(() => {
    const { value, grads } = tf.engine().gradients(() => f(x), [x], seed, true);
    const gradient = grads[0];
    if (gradient == null) throw new DisconnectedInputError(helper, x.shape);
    return { value, gradient };
  });
}
