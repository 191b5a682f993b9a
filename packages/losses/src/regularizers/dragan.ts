import * as tf from '@tensorflow/tfjs';
import { checkSameShape } from '../checks.js';
import { perSample } from '../perSample.js';
import type { Reduced, Reduction } from '../reduction.js';
import type { Critic } from './critic.js';
import { gradientPenalty } from './gradientPenalty.js';

/**
 * DRAGAN's penalty: the critic's gradient should have length 1 around real samples.
 *
 *     mean_n (‖∇ₓ critic(x̂ₙ)‖₂ - 1)²,   x̂ = real + weight · ½ std(real) · noise
 *
 * The standard deviation is one number for the whole batch. The paper's weight is 10; tightly clustered data wants 1 or
 * less.
 *
 * @param critic the discriminator as a function of its image (logits); scores of one sample are summed.
 * @param real float32 [N, …].
 * @param noise uniform in [0, 1), of the same shape.
 * @param weights one number in [0, 1] a sample, uniform: [N] or [N, 1, …].
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0.
 * @throws ShapeError when the shapes do not fit; OptionError for an unknown reduction.
 * @source Kodali et al., "On Convergence and Stability of GANs" (2017), with the authors' code for the noise.
 */
export function dragan<R extends Reduction = 'mean'>(
  critic: Critic,
  real: tf.Tensor,
  noise: tf.Tensor,
  weights: tf.Tensor,
  reduction?: R,
): Reduced<R> {
  checkSameShape('dragan', 'real', real, 'noise', noise);
  return tf.tidy(() => {
    const deviation = tf.sqrt(tf.moments(real).variance);
    const weight = perSample('dragan', 'weights', weights, real);
    const step = tf.mul(tf.mul(weight, tf.mul(0.5, deviation)), noise);
    return gradientPenalty(critic, tf.add(real, step), reduction);
  });
}
