import { checkOption, NonFiniteError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';

/**
 * ADA's measure of overfitting: which part of the training set does the discriminator take for real?
 *
 *     r_t = mean sign(D(real))
 *
 * @param scores logits of real, augmented images, float32 of any shape.
 * @returns a scalar in [-1, 1]: 0 without overfitting, 1 with complete overfitting. Not differentiable.
 * @source Karras et al., "Training Generative Adversarial Networks with Limited Data" (2020), equation 1.
 */
export function overfitting(scores: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.mean<tf.Scalar>(tf.sign(scores)));
}

/** Where ADA's controller steers to, and how fast. */
export interface AdaptOptions {
  /** The overfitting at which p stays, in [-1, 1]. Default 0.6. */
  target?: number;
  /** How many real images, in thousands, p takes from 0 to 1. Default 500; 100 when fine-tuning. */
  kimg?: number;
}

/**
 * ADA's controller: the next augmentation probability. Called every few steps (the paper: 4).
 *
 *     p ← clip(p + sign(r_t - target) · images / (1000 kimg), 0, 1)
 *
 * The upper end keeps p from running away where it has no effect.
 *
 * @param p the present probability, in [0, 1].
 * @param measured r_t, the mean of `overfitting` since the last call.
 * @param images how many real images were shown since the last call: batch size times steps.
 * @param options see AdaptOptions.
 * @returns the next p.
 * @throws NonFiniteError when the measure is NaN; OptionError for the rest out of range.
 * @source Karras et al., "Training Generative Adversarial Networks with Limited Data" (2020), section 3.
 */
export function adaptProbability(
  p: number,
  measured: number,
  images: number,
  { target = 0.6, kimg = 500 }: AdaptOptions = {},
): number {
  const where = 'adaptProbability';
  checkOption(where, 'p', p, 0, 1);
  checkOption(where, 'images', images, 0);
  checkOption(where, 'target', target, -1, 1);
  checkOption(where, 'kimg', kimg, 1e-3);
  if (!Number.isFinite(measured)) {
    throw new NonFiniteError(
      where,
      `an overfitting of ${measured}`,
      'a number from -1 to 1',
      'The discriminator returns NaN: go back to a checkpoint and lower the learning rate.',
    );
  }
  const next = p + (Math.sign(measured - target) * images) / (1000 * kimg);
  return Math.min(1, Math.max(0, next));
}
