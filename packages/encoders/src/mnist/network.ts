import * as tf from '@tensorflow/tfjs';

/** Length of the feature vector: the activations before the last layer. */
export const FEATURES = 64;
/** The ten digits. */
export const CLASSES = 10;
/** Height and width of an image. */
export const SIDE = 28;

/**
 * The network that recognises MNIST digits: three 3x3 convolutions (16; 32 and 48 of stride 2), Dense 64 and
 * Dense 10, ReLU between; 169,658 scalars. No batch norm and no dropout, so it has one mode only.
 *
 * @param seed of the first weights (He normal); without one they are zeros, to be replaced.
 * @returns a model from `[batch, 28, 28, 1]` in [-1, 1] to features `[batch, 64]` (>= 0) and logits `[batch, 10]`.
 */
export function mnistNetwork(seed?: number): tf.LayersModel {
  let layers = 0;
  const shared = () => ({
    kernelInitializer:
      seed === undefined ? tf.initializers.zeros() : tf.initializers.heNormal({ seed: seed + layers++ }),
  });
  const conv = (filters: number, strides: number) =>
    tf.layers.conv2d({ ...shared(), filters, strides, kernelSize: 3, padding: 'same', activation: 'relu' });

  const image = tf.input({ name: 'image', shape: [SIDE, SIDE, 1] });
  let x = image;
  for (const layer of [conv(16, 1), conv(32, 2), conv(48, 2), tf.layers.flatten()]) {
    x = layer.apply(x) as tf.SymbolicTensor;
  }
  const features = tf.layers.dense({ ...shared(), name: 'features', units: FEATURES, activation: 'relu' });
  const embedded = features.apply(x) as tf.SymbolicTensor;
  const logits = tf.layers.dense({ ...shared(), name: 'logits', units: CLASSES });
  return tf.model({ inputs: image, outputs: [embedded, logits.apply(embedded) as tf.SymbolicTensor] });
}
