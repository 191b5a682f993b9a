import * as tf from '@tensorflow/tfjs';

/** The identity, which calls `visit` with the derivative that passes through it in the backward pass. */
export function onBackward(x: tf.Tensor, visit: (dy: tf.Tensor) => void): tf.Tensor {
  const identity = tf.customGrad((input) => ({
    value: tf.clone(input as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => {
      visit(dy);
      return tf.clone(dy);
    },
  }));
  return identity(x);
}

/** A tensor's numbers; the tensor is disposed. */
export function read(tensor: tf.Tensor | null | undefined): number[] {
  const values = Array.from(tensor!.dataSync());
  tensor!.dispose();
  return values;
}
