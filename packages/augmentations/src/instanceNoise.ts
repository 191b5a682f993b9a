import { checkOption, checkPositive } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import type { Augmentation } from './augmentation.js';
import { checkImages } from './checks.js';

/**
 * Instance noise: blurs the distributions of reals and fakes until they overlap. Both need it, in every call of the
 * discriminator.
 *
 *     images + deviation · ε,   ε ~ N(0, I)
 *
 * The result is not clipped.
 *
 * @param deviation σ >= 0, usually from `annealed`; with 0 images pass unchanged.
 * @returns an Augmentation.
 * @throws OptionError for a negative deviation; when called, ShapeError for other shapes.
 * @source Sønderby et al., "Amortised MAP Inference for Image Super-resolution" (2017).
 */
export function instanceNoise(deviation: number): Augmentation {
  checkOption('instanceNoise', 'deviation', deviation, 0);
  return (images, stream) => {
    checkImages('instanceNoise', images);
    if (deviation === 0) return tf.clone(images);
    return tf.tidy(() => tf.add(images, tf.tensor4d(stream.normal(images.size, 0, deviation), images.shape)));
  };
}

/**
 * A linear schedule from `start` to 0, for instance noise.
 *
 *     start · max(0, 1 - step / steps)
 *
 * @param start the value at step 0, >= 0; 0.1 is usual.
 * @param step training steps done, >= 0.
 * @param steps when 0 is reached, > 0.
 * @returns a number in [0, start].
 * @throws OptionError for a number out of range.
 * @source Arjovsky and Bottou, "Towards Principled Methods for Training Generative Adversarial Networks" (2017), section 3.
 */
export function annealed(start: number, step: number, steps: number): number {
  checkOption('annealed', 'start', start, 0);
  checkOption('annealed', 'step', step, 0);
  checkPositive('annealed', 'steps', steps);
  return start * Math.max(0, 1 - step / steps);
}
