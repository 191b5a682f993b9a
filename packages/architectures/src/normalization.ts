import { ambientNormal, instanceNorm } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';

/** What follows the convolutions of a translation network. */
export type Normalization =
  /** By the statistics of the batch, with a scale and an offset for each channel. */
  | 'batch'
  /** By each image's own statistics. */
  | 'instance'
  /** The same with a scale and an offset: what batch norm is on a batch of one image, in training and afterwards. */
  | 'instance-affine'
  | 'none';

/** A layer of that normalization (epsilon 1e-5, scales from N(1, 0.02²)); null for none. */
export function normalizationOf(normalization: Normalization, name: string): tf.layers.Layer | null {
  const epsilon = 1e-5;
  const gammaInitializer = ambientNormal({ mean: 1, deviation: 0.02 });
  switch (normalization) {
    case 'batch':
      return tf.layers.batchNormalization({ name, epsilon, momentum: 0.9, gammaInitializer });
    case 'instance':
      return instanceNorm({ name, epsilon, scale: false, center: false });
    case 'instance-affine':
      return instanceNorm({ name, epsilon, gammaInitializer });
    case 'none':
      return null;
  }
}

/** Whether a convolution in front of that normalization has biases: where an offset follows they are left out. */
export function biasBefore(normalization: Normalization): boolean {
  return normalization === 'instance' || normalization === 'none';
}
