import { describeTensor, ShapeError } from '@ganjs/errors';
import type * as tf from '@tensorflow/tfjs';

/**
 * A discriminator as a function of its image alone: close over labels and other conditions. Where its result does not
 * depend on the images, the penalties throw @ganjs/autodiff's DisconnectedInputError.
 */
export type Critic = (images: tf.Tensor) => tf.Tensor;

/** Throws a ShapeError unless `x` is a float32 batch of samples. */
export function checkSamples(where: string, x: tf.Tensor): void {
  if (x.rank >= 2 && x.size > 0 && x.dtype === 'float32') return;
  throw new ShapeError(
    where,
    `samples of ${describeTensor(x)}`,
    'a float32 batch [N, …]',
    'Add the batch axis, or cast integers with tf.cast(x, "float32").',
  );
}
