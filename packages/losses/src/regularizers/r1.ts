import { gradientOf } from '@ganjs/autodiff';
import * as tf from '@tensorflow/tfjs';
import { checkReduction } from '../checks.js';
import { meanOfSums, type Reduced, type Reduction } from '../reduction.js';
import { type Critic, checkSamples } from './critic.js';

/**
 * The R1 penalty: the discriminator should be flat at real samples.
 *
 *     ½ mean_n ‖∇ₓ critic(realₙ)‖²
 *
 * The half is the paper's γ/2: multiply by γ (10 in the paper; StyleGAN's default 0.0002 · resolution² / batch). The
 * GAN_stability code leaves the half out. When run only every k-th step, multiply by k as well (see `lazy`).
 *
 * @param critic the discriminator as a function of its image (logits); its scores of one sample (patches) are summed.
 * @param real float32 [N, …], before any augmentation, which belongs inside the critic.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0.
 * @throws ShapeError for samples without a batch axis; OptionError for an unknown reduction.
 * @source Mescheder, Geiger, Nowozin, "Which Training Methods for GANs do actually Converge?" (2018), equation 9.
 */
export function r1<R extends Reduction = 'mean'>(critic: Critic, real: tf.Tensor, reduction?: R): Reduced<R> {
  return flatness('r1', critic, real, reduction);
}

/**
 * The R2 penalty: the same as R1 at fake samples.
 *
 *     ½ mean_n ‖∇ₓ critic(fakeₙ)‖²
 *
 * @param critic the discriminator as a function of its image (logits); its scores of one sample (patches) are summed.
 * @param fake float32 [N, …], constants.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0.
 * @throws ShapeError for samples without a batch axis; OptionError for an unknown reduction.
 * @source Mescheder, Geiger, Nowozin, "Which Training Methods for GANs do actually Converge?" (2018), equation 10.
 */
export function r2<R extends Reduction = 'mean'>(critic: Critic, fake: tf.Tensor, reduction?: R): Reduced<R> {
  return flatness('r2', critic, fake, reduction);
}

/**
 * R1 or R2 of gradients at hand, where the scores that they were taken of are needed too: one pass of the discriminator
 * then serves its loss and the penalty.
 *
 *     ½ mean_n ‖gradientₙ‖²
 *
 * @param gradient float32 [N, …]: of the summed scores with respect to the samples, as `gradientOf` gives it.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0.
 * @throws ShapeError for a gradient without a batch axis; OptionError for an unknown reduction.
 * @source Mescheder, Geiger, Nowozin, "Which Training Methods for GANs do actually Converge?" (2018), equation 9.
 */
export function zeroCentered<R extends Reduction = 'mean'>(gradient: tf.Tensor, reduction?: R): Reduced<R> {
  checkSamples('zeroCentered', gradient);
  checkReduction('zeroCentered', reduction, 'gradient', gradient);
  return tf.tidy(() => meanOfSums([tf.square(gradient)], 2, reduction));
}

function flatness<R extends Reduction>(
  where: string,
  critic: Critic,
  samples: tf.Tensor,
  reduction: R | undefined,
): Reduced<R> {
  checkSamples(where, samples);
  checkReduction(where, reduction, 'samples', samples);
  return tf.tidy(() => zeroCentered(gradientOf(critic)(samples).gradient, reduction));
}
