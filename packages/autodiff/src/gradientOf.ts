import type * as tf from '@tensorflow/tfjs';
import { type Derivative, derivative } from './derivative.js';

export type { Derivative } from './derivative.js';

/**
 * The gradient of `f` with respect to its input, usable while variables are being trained: inside
 * `tf.variableGrads` or `optimizer.minimize`, a loss may contain the gradient and is differentiated through
 * it. This is the inner gradient of WGAN-GP, DRAGAN, R1, R2 and path length.
 *
 *   gradient = d/dx sum(f(x))
 *
 * With scores [batch] of independent examples, row n of the gradient is the gradient of example n.
 *
 * @param f maps a tensor to a tensor of any shape, float32
 * @returns a function of x (float32, any shape) that returns `value`, f(x) unchanged, and `gradient`, in the
 *   shape of x
 * @throws DisconnectedInputError when f(x) does not depend on x
 * @throws NotDifferentiableError when f uses an operation that has no derivative
 *
 * @example
 * const { value, gradient } = gradientOf((x) => critic.apply(x) as tf.Tensor)(images);
 * const r1 = tf.mean(tf.square(gradientNorm(gradient)));
 */
export function gradientOf(f: (x: tf.Tensor) => tf.Tensor): (x: tf.Tensor) => Derivative {
  return (x) => derivative('gradientOf', f, x);
}
