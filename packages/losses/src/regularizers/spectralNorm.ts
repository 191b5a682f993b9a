import { checkWhole, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { checkFloat } from '../checks.js';

/** The largest singular value of a kernel, and the vector from which the next estimate goes on. */
export interface SpectralEstimate {
  /** σ, from below ever nearer to the largest singular value; differentiable in the kernel. */
  readonly sigma: tf.Scalar;
  /** The estimate u [outputs] of the singular vector, of length 1: state to be kept between steps. */
  readonly u: tf.Tensor1D;
}

/**
 * Estimates the spectral norm of a kernel by power iteration. ½ σ², summed over layers, is the penalty of Yoshida
 * and Miyato; dividing the kernel by σ is spectral normalization.
 *
 *     v ← Wu / ‖Wu‖,   u ← Wᵀv / ‖Wᵀv‖,   σ = vᵀWu,   W = the kernel as a matrix [inputs, outputs]
 *
 * u and v are constants for the gradient, so that ∂σ/∂W = v uᵀ.
 *
 * @param kernel float32 [in, out] or [height, width, in, out].
 * @param u float32 [outputs], not all zero: last step's estimate, at first random normal.
 * @param iterations how often to iterate, >= 1. Default 1, as in training.
 * @returns σ and the new u.
 * @throws ShapeError when u does not have one value an output; OptionError for iterations < 1.
 * @source Yoshida and Miyato, "Spectral Norm Regularization for Improving the Generalizability of Deep Learning"
 * (2017), algorithm 1; Miyato et al., "Spectral Normalization for Generative Adversarial Networks" (2018), algorithm 1.
 */
export function spectralNorm(kernel: tf.Tensor, u: tf.Tensor, iterations = 1): SpectralEstimate {
  checkFloat('spectralNorm', 'kernel', kernel, [2, 3, 4, 5], 'kernel [in, out] or [height, width, in, out]');
  checkWhole('spectralNorm', 'iterations', iterations, 1);
  const outputs = kernel.shape[kernel.rank - 1]!;
  if (u.size !== outputs) {
    throw new ShapeError(
      'spectralNorm',
      `u [${u.shape}] for a kernel [${kernel.shape}]`,
      `u [${outputs}], one value an output`,
      'Keep one u for each kernel.',
    );
  }
  return tf.tidy(() => {
    const matrix = tf.reshape(kernel, [-1, outputs]) as tf.Tensor2D;
    const inputs = matrix.shape[0];
    const vectors = constantOf(matrix, (w) => {
      let pair = powerStep(w, tf.reshape(u, [outputs, 1]));
      for (let i = 1; i < iterations; i++) pair = powerStep(w, pair.u);
      return tf.concat([pair.v, pair.u]);
    });
    const v = tf.slice(vectors, [0, 0], [inputs, 1]);
    const next = tf.slice(vectors, [inputs, 0], [outputs, 1]);
    const sigma = tf.sum<tf.Scalar>(tf.mul(v, tf.matMul(matrix, next)));
    return { sigma, u: tf.reshape<tf.Rank.R1>(next, [outputs]) };
  });
}

function powerStep(w: tf.Tensor2D, u: tf.Tensor2D): { u: tf.Tensor2D; v: tf.Tensor2D } {
  const v = unit(tf.matMul(w, u));
  return { u: unit(tf.matMul(w, v, true)), v };
}

function unit(vector: tf.Tensor2D): tf.Tensor2D {
  return tf.div(vector, tf.add(tf.norm(vector), 1e-12));
}

/** f(x) as a constant for the gradient: TensorFlow.js has no stopGradient. */
function constantOf<X extends tf.Tensor, Y extends tf.Tensor>(x: X, f: (x: X) => Y): Y {
  return tf.customGrad((input) => ({ value: f(input as X), gradFunc: () => tf.zerosLike(x) }))(x) as Y;
}
