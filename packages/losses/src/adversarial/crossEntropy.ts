import * as tf from '@tensorflow/tfjs';
import { checkOption } from '../checks.js';

/** Targets of the discriminator's cross entropy: the smoothed labels of Salimans et al. (2016). */
export interface LabelTargets {
  /** Label of real samples, in [0, 1]: 0.9 is one-sided label smoothing. Default 1. */
  realTarget?: number;
  /**
   * Label of fake samples, in [0, 1]. Default 0. Above 0 (two-sided smoothing) the optimal discriminator
   * becomes (realTarget p + fakeTarget q) / (p + q), which draws the generator towards its present samples.
   */
  fakeTarget?: number;
}

/**
 * Binary cross entropy of logits against one target, averaged.
 *
 *     mean[softplus(x) - target x] = -mean[target log s(x) + (1 - target) log(1 - s(x))],  s = sigmoid
 *
 * Finite for every finite logit.
 */
export function crossEntropyWithTarget(logits: tf.Tensor, target: number): tf.Scalar {
  // With hard labels the one-sided softplus is exact, where the difference above would cancel.
  if (target === 1) return tf.mean<tf.Scalar>(tf.softplus(tf.neg(logits)));
  if (target === 0) return tf.mean<tf.Scalar>(tf.softplus(logits));
  const positive = tf.mul(target, tf.softplus(tf.neg(logits)));
  return tf.mean<tf.Scalar>(tf.add(positive, tf.mul(1 - target, tf.softplus(logits))));
}

/** The discriminator's side that `minimax` and `nonSaturating` share. */
export function crossEntropyDiscriminator(
  where: string,
  { realTarget = 1, fakeTarget = 0 }: LabelTargets,
): (real: tf.Tensor, fake: tf.Tensor) => tf.Scalar {
  checkOption(where, 'realTarget', realTarget, 0, 1);
  checkOption(where, 'fakeTarget', fakeTarget, 0, 1);
  return (real, fake) =>
    tf.add(crossEntropyWithTarget(real, realTarget), crossEntropyWithTarget(fake, fakeTarget));
}
