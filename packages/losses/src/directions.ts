import * as tf from '@tensorflow/tfjs';

/** Lengths of the vectors along the last axis, kept as size 1. 1e-12 under the root keeps the gradient at 0 finite. */
export function lengths(vectors: tf.Tensor): tf.Tensor {
  return tf.sqrt(tf.add(tf.sum(tf.square(vectors), -1, true), 1e-12));
}

/** The vectors along the last axis, scaled to length 1; a zero vector stays zero. */
export function directions(vectors: tf.Tensor): tf.Tensor {
  return tf.div(vectors, lengths(vectors));
}
