import * as tf from '@tensorflow/tfjs';
import { initializerOf } from './initialization.js';
import type { Sides } from './mapSides.js';

/** Length of the vector that a class label becomes. */
const EMBEDDING = 50;

/** The input for class labels: int32 `[batch]`. */
export function labelInput(): tf.SymbolicTensor {
  return tf.input({ name: 'label', shape: [], dtype: 'int32' });
}

/** A class label as a vector of 50, from N(0, 1). */
export function labelVector(label: tf.SymbolicTensor, classes: number): tf.SymbolicTensor {
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
 * A class label as one feature map: its vector, dense to height·width. The dense layer does not start from the
 * small weights of the convolutions: the plane would be too faint to learn from.
 */
export function labelPlane(
  label: tf.SymbolicTensor,
  classes: number,
  [height, width]: Sides,
): tf.SymbolicTensor {
  const dense = tf.layers.dense({
    name: 'label_dense',
    units: height * width,
    kernelInitializer: initializerOf('glorot'),
  });
  const plane = tf.layers.reshape({ name: 'label_plane', targetShape: [height, width, 1] });
  return plane.apply(dense.apply(labelVector(label, classes))) as tf.SymbolicTensor;
}

/** Features or a map, and the label as more of them. */
export function joined(x: tf.SymbolicTensor, label: tf.SymbolicTensor): tf.SymbolicTensor {
  return tf.layers.concatenate({ name: 'conditioned', axis: -1 }).apply([x, label]) as tf.SymbolicTensor;
}
