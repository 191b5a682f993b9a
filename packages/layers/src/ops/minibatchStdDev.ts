import * as tf from '@tensorflow/tfjs';
import { LayerShapeError } from '../errors.js';

/** Options of {@link minibatchStdDev}. */
export interface MinibatchStdDevOptions {
  /** Samples a group, at most the batch. Default 4. */
  groupSize?: number;
  /** New feature maps; the channels are split among them. Default 1. */
  features?: number;
}

/**
 * Minibatch standard deviation: appends to the features how much they vary over a group of samples.
 * With G = min(groupSize, N) and N/G groups, sample n belongs to group n mod N/G;
 * s = mean over height, width and the channels of a feature of √(var over the group + 1e-8).
 *
 * @param x float32 [N, height, width, channels].
 * @returns float32 [N, height, width, channels + features].
 * @throws LayerShapeError unless N is a multiple of G, and channels one of `features`.
 * @source Karras et al., Progressive growing (2018), section 3; StyleGAN2 for the groups.
 */
export function minibatchStdDev(
  x: tf.Tensor4D,
  { groupSize = 4, features = 1 }: MinibatchStdDevOptions = {},
): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const size = Math.min(groupSize, batch);
  if (batch % size !== 0 || channels % features !== 0)
    throw new LayerShapeError(
      'minibatchStdDev',
      `a batch that is a multiple of ${size} and channels that are a multiple of ${features}`,
      x.shape,
      'Change the batch size or groupSize (at evaluation too: the statistic depends on the group)',
    );
  const groups = batch / size;
  const pixels = height * width;
  const { variance } = tf.moments(x.reshape([size, groups * pixels * channels]), 0);
  const deviation = tf.sqrt(tf.add(variance, 1e-8));
  const statistic = tf.mean(deviation.reshape([groups, pixels, features, channels / features]), [1, 3]);
  const maps = tf.add(
    tf.zeros([size, groups, pixels, features]),
    statistic.reshape([1, groups, 1, features]),
  );
  return tf.concat([x, maps.reshape([batch, height, width, features]) as tf.Tensor4D], 3);
}
