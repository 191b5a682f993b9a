import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { derivative } from './derivative.js';
import { enableHigherOrderGradients } from './enable.js';

type Function = (x: tf.Tensor) => tf.Tensor;

/** Throws unless two shapes are equal. */
function requireShape(helper: string, role: string, given: number[], expected: number[]): void {
  if (tf.util.arraysEqual(given, expected)) return;
  throw new ShapeError(
    helper,
    `a vector of shape [${given}]`,
    `[${expected}], the shape of ${role}`,
    'Pass a vector of that shape.',
  );
}

/**
 * Vector-Jacobian product: J^T v with J = df/dx, the derivative of <v, f(x)>. One forward and one backward
 * pass. Path length regularization uses it with random images v (StyleGAN2, section 3.2).
 *
 * @param f maps a tensor to a tensor, float32
 * @param x where J is taken
 * @param v in the shape of f(x)
 * @returns in the shape of x; differentiable
 * @throws ShapeError when v has another shape than f(x)
 * @throws DisconnectedInputError when f(x) does not depend on x
 */
export function vjp(f: Function, x: tf.Tensor, v: tf.Tensor): tf.Tensor {
  const checked: Function = (input) => {
    const y = f(input);
    requireShape('vjp', 'f(x)', v.shape, y.shape);
    return y;
  };
  return tf.tidy(() => derivative('vjp', checked, x, v).gradient);
}

/**
 * Jacobian-vector product: J v with J = df/dx, the directional derivative of f along v. TensorFlow.js only
 * differentiates backwards, so it is the derivative of the linear map u -> J^T u, transposed: two forward and
 * two backward passes.
 *
 * @param f maps a tensor to a tensor, float32
 * @param x where J is taken
 * @param v in the shape of x
 * @returns in the shape of f(x); differentiable
 * @throws ShapeError when v has another shape than x
 * @throws DisconnectedInputError when f(x) does not depend on x
 */
export function jvp(f: Function, x: tf.Tensor, v: tf.Tensor): tf.Tensor {
  requireShape('jvp', 'x', v.shape, x.shape);
  return tf.tidy(() => {
    // J^T u is linear in u, so the point u does not matter.
    const u = tf.zeros(f(x).shape);
    return derivative('jvp', (seed) => derivative('jvp', f, x, seed).gradient, u, v).gradient;
  });
}

/**
 * Hessian-vector product: H v with H the second derivative of sum(f(x)).
 *
 *   H v = d/dx <d/dx sum(f(x)), v>
 *
 * @param f maps a tensor to a tensor, float32
 * @param x where H is taken
 * @param v in the shape of x
 * @returns in the shape of x; differentiable. Zeros when the gradient of f does not depend on x.
 * @throws ShapeError when v has another shape than x
 * @throws DisconnectedInputError when f(x) does not depend on x
 */
export function hvp(f: Function, x: tf.Tensor, v: tf.Tensor): tf.Tensor {
  requireShape('hvp', 'x', v.shape, x.shape);
  enableHigherOrderGradients();
  return tf.tidy(() => {
    const inner = (input: tf.Tensor) => derivative('hvp', f, input).gradient;
    const { grads } = tf.engine().gradients(() => inner(x), [x], v, true);
    return grads[0] ?? tf.zerosLike(x);
  });
}
