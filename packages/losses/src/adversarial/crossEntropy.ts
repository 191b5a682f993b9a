import { checkOption } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { meanOf, type Reduced, type Reduction } from '../reduction.js';

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
 * Binary cross entropy of logits against one target, averaged as the reduction says.
 *
 *     mean[target softplus(-x) + (1 - target) softplus(x)] = -mean[target log s(x) + (1 - target) log(1 - s(x))]
 *
 * with s the sigmoid. Finite and exact for large logits, where s is 0 or 1.
 */
export function crossEntropyWithTarget<R extends Reduction>(
  logits: tf.Tensor,
  target: number,
  reduction?: R,
): Reduced<R> {
  const asReal = tf.mul(target, tf.softplus(tf.neg(logits)));
  const asFake = tf.mul(1 - target, tf.softplus(logits));
  return meanOf(tf.add(asReal, asFake), reduction);
}

/** The discriminator's side that `minimax` and `nonSaturating` share. */
export function crossEntropyDiscriminator(
  where: string,
  { realTarget = 1, fakeTarget = 0 }: LabelTargets,
): <R extends Reduction>(real: tf.Tensor, fake: tf.Tensor, reduction?: R) => Reduced<R> {
  checkOption(where, 'realTarget', realTarget, 0, 1);
  checkOption(where, 'fakeTarget', fakeTarget, 0, 1);
  return (real, fake, reduction) =>
    tf.add(
      crossEntropyWithTarget(real, realTarget, reduction),
      crossEntropyWithTarget(fake, fakeTarget, reduction),
    );
}
