import * as tf from '@tensorflow/tfjs';
import { initializerOf } from './initialization.js';

/** Length of the vector that a class label becomes. */
const EMBEDDING = 50;

/** The inputs of a network: with classes, their labels are the second, int32 `[batch]`. */
export function withLabel(input: tf.SymbolicTensor, classes: number): tf.SymbolicTensor[] {
  return classes > 0 ? [input, tf.input({ name: 'label', shape: [], dtype: 'int32' })] : [input];
}

/**
 * What a network makes of its input `x`, joined by the label where there is one: to a vector as a vector of 50, to
 * feature maps as one more of them.
 */
export function conditioned(
  x: tf.SymbolicTensor,
  label: tf.SymbolicTensor | undefined,
  classes: number,
): tf.SymbolicTensor {
  if (!label) return x;
  const [, height, width] = x.shape;
  const vector = labelVector(label, classes);
  const joined = x.rank === 2 ? vector : labelPlane(vector, height!, width!);
  return tf.layers.concatenate({ name: 'conditioned', axis: -1 }).apply([x, joined]) as tf.SymbolicTensor;
}

/** A class label as a vector, from N(0, 1). */
function labelVector(label: tf.SymbolicTensor, classes: number): tf.SymbolicTensor {
  return tf.layers
    .embedding({
      name: 'label_embedding',
      inputDim: classes,
      outputDim: EMBEDDING,
      embeddingsInitializer: initializerOf({ normal: 1 }),
    })
    .apply(label) as tf.SymbolicTensor;
}

/**
 * A label's vector as one feature map: dense to height·width. The dense layer does not start from the small weights
 * of the convolutions: the plane would be too faint to learn from.
 */
function labelPlane(vector: tf.SymbolicTensor, height: number, width: number): tf.SymbolicTensor {
  const dense = tf.layers.dense({
    name: 'label_dense',
    units: height * width,
    kernelInitializer: initializerOf('glorot'),
  });
  const plane = tf.layers.reshape({ name: 'label_plane', targetShape: [height, width, 1] });
  return plane.apply(dense.apply(vector)) as tf.SymbolicTensor;
}
