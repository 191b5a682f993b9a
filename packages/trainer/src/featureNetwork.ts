import type { ImageShape } from '@ganjs/datasets';
import type * as tf from '@tensorflow/tfjs';

/** A trained network whose features a loss compares, or a discriminator reads. */
export interface FeatureNetwork {
  /**
   * The shape of each feature map, [height, width, channels], for images of one shape; known without loading the
   * network, so that a discriminator on features can be rebuilt for sampling.
   */
  shapes(image: ImageShape): readonly (readonly [number, number, number])[];
  /**
   * Feature maps of images float32 [n, height, width, channels] in [-1, 1]. May throw where the network was not loaded:
   * sampling never needs it.
   */
  extract(images: tf.Tensor4D): tf.Tensor4D[];
}
