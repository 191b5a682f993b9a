import { checkOption, checkPositive } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';

/**
 * Weight clipping, the original WGAN's way to a Lipschitz critic. A projection to be applied to every weight of the
 * critic after its step, outside the gradient: `weight.assign(clipWeights(weight, 0.01))`.
 *
 *     w ← min(max(w, -limit), limit)
 *
 * @param weight float32 of any shape.
 * @param limit c >= 0; the paper's value is 0.01.
 * @returns a new tensor.
 * @throws OptionError for a negative limit.
 * @source Arjovsky, Chintala, Bottou, "Wasserstein GAN" (2017), algorithm 1.
 */
export function clipWeights<T extends tf.Tensor>(weight: T, limit: number): T {
  checkOption('clipWeights', 'limit', limit, 0);
  return tf.clipByValue(weight, -limit, limit);
}

/**
 * Spectral clipping: shrinks a kernel whose spectral norm passes the limit, and leaves others as they are. A
 * projection to be applied after a step, outside the gradient.
 *
 *     W ← W / max(1, σ / limit)
 *
 * @param kernel float32 of any shape.
 * @param sigma its spectral norm, from `spectralNorm`.
 * @param limit λ > 0, the Lipschitz constant allowed to the layer.
 * @returns a new tensor.
 * @throws OptionError for a limit that is not positive.
 * @source Gouk, Frank, Pfahringer, Cree, "Regularisation of Neural Networks by Enforcing Lipschitz Continuity" (2021).
 */
export function clipSpectralNorm<T extends tf.Tensor>(kernel: T, sigma: tf.Scalar, limit: number): T {
  checkPositive('clipSpectralNorm', 'limit', limit);
  return tf.tidy(() => tf.div<T>(kernel, tf.maximum(1, tf.div(sigma, limit))));
}
