import { gradientNorm, gradientOf } from '@ganjs/autodiff';
import * as tf from '@tensorflow/tfjs';
import { checkReduction, checkSameShape } from '../checks.js';
import { perSample } from '../perSample.js';
import { meanOf, type Reduced, type Reduction } from '../reduction.js';
import { type Critic, checkSamples } from './critic.js';

/**
 * WGAN-GP's penalty: the critic's gradient should have length 1 at the given points, usually those of `interpolate`.
 *
 *     mean_n (‖∇ₓ critic(xₙ)‖₂ - 1)²
 *
 * The norm is taken over all axes but the batch. The paper's weight is 10. The critic must not mix samples (no batch
 * normalization). Differentiable in the critic's weights.
 *
 * @param critic the discriminator as a function of its image; its scores of one sample (patches) are summed.
 * @param points x, float32 [N, …], constants.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0.
 * @throws ShapeError for points without a batch axis; OptionError for an unknown reduction.
 * @source Gulrajani et al., "Improved Training of Wasserstein GANs" (2017), equation 3.
 */
export function gradientPenalty<R extends Reduction = 'mean'>(
  critic: Critic,
  points: tf.Tensor,
  reduction?: R,
): Reduced<R> {
  checkSamples('gradientPenalty', points);
  checkReduction('gradientPenalty', reduction, 'points', points);
  return tf.tidy(() => {
    const lengths = gradientNorm(gradientOf(critic)(points).gradient);
    return meanOf(tf.square(tf.sub(lengths, 1)), reduction);
  });
}

/**
 * The one-sided penalty: only gradients longer than 1 count.
 *
 *     mean_n relu(‖∇ₓ critic(xₙ)‖₂ - 1)²
 *
 * @param critic the discriminator as a function of its image; its scores of one sample (patches) are summed.
 * @param points x, float32 [N, …], constants.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0.
 * @throws ShapeError for points without a batch axis; OptionError for an unknown reduction.
 * @source Petzka, Fischer, Lukovnikov, "On the regularization of Wasserstein GANs" (2018): WGAN-LP.
 */
export function oneSidedGradientPenalty<R extends Reduction = 'mean'>(
  critic: Critic,
  points: tf.Tensor,
  reduction?: R,
): Reduced<R> {
  checkSamples('oneSidedGradientPenalty', points);
  checkReduction('oneSidedGradientPenalty', reduction, 'points', points);
  return tf.tidy(() => {
    const lengths = gradientNorm(gradientOf(critic)(points).gradient);
    return meanOf(tf.square(tf.relu(tf.sub(lengths, 1))), reduction);
  });
}

/**
 * ProGAN's drift penalty, the companion of the gradient penalty that keeps the critic's scores near 0: the Wasserstein
 * loss does not notice when a constant is added to them.
 *
 *     mean real²
 *
 * @param real the critic's scores of reals, float32 of any shape.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0. The paper's weight is 0.001.
 * @throws OptionError for an unknown reduction; ShapeError when 'none' meets no batch axis.
 * @source Karras et al., "Progressive Growing of GANs" (2018), appendix A.1.
 */
export function drift<R extends Reduction = 'mean'>(real: tf.Tensor, reduction?: R): Reduced<R> {
  checkReduction('drift', reduction, 'real', real);
  return tf.tidy(() => meanOf(tf.square(real), reduction));
}

/**
 * Random points on the lines between real and fake samples.
 *
 *     real + weight (fake - real)
 *
 * @param real float32 [N, …].
 * @param fake the same shape.
 * @param weights one number in [0, 1] a sample, uniform: [N] or [N, 1, …].
 * @returns points of the same shape.
 * @throws ShapeError when the shapes do not fit.
 * @source Gulrajani et al., "Improved Training of Wasserstein GANs" (2017), algorithm 1, line 6.
 */
export function interpolate<T extends tf.Tensor>(real: T, fake: T, weights: tf.Tensor): T {
  checkSameShape('interpolate', 'real', real, 'fake', fake);
  return tf.tidy(() => {
    const weight = perSample('interpolate', 'weights', weights, real);
    return tf.add<T>(real, tf.mul(weight, tf.sub(fake, real)));
  });
}
