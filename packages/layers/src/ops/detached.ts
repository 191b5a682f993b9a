import * as tf from '@tensorflow/tfjs';

/**
 * The result of `f` as a constant: no gradient flows through it, whatever tensors `f` reads.
 *
 * @param f returns a tensor of any shape; must be synchronous.
 */
export function detached<T extends tf.Tensor>(f: () => T): T {
  // A node of the tape without inputs is where backpropagation ends.
  const constant = tf.customGrad(() => ({ value: tf.tidy(() => tf.clone(f())), gradFunc: () => [] }));
  return constant() as T;
}
