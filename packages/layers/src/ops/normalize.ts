import * as tf from '@tensorflow/tfjs';

/**
 * Standardizes over the given axes: (x - mean) / √(variance + ε), with the biased variance.
 *
 * @param x float32, any shape.
 * @returns the shape of x.
 */
export function normalize<T extends tf.Tensor>(x: T, axes: number[], epsilon: number): T {
  const { mean, variance } = tf.moments(x, axes, true);
  return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon))) as T;
}
