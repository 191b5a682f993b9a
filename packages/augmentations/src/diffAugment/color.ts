import * as tf from '@tensorflow/tfjs';
import { perSample } from '../augmentation.js';

/** Adds one number to all of an image: x + amount. */
export function brightness(images: tf.Tensor4D, amounts: Float32Array): tf.Tensor4D {
  return tf.add(images, perSample(amounts));
}

/** Multiplies the distance from the pixel's grey: m + factor (x - m), m the mean over the channels of each pixel. */
export function saturation(images: tf.Tensor4D, factors: Float32Array): tf.Tensor4D {
  return aroundMean(images, factors, [3]);
}

/** Multiplies the distance from the image's mean: m + factor (x - m), m the mean over all of the image. */
export function contrast(images: tf.Tensor4D, factors: Float32Array): tf.Tensor4D {
  return aroundMean(images, factors, [1, 2, 3]);
}

/** m + factor (x - m), m the mean over the given axes. */
export function aroundMean(images: tf.Tensor4D, factors: Float32Array, axes: number[]): tf.Tensor4D {
  return tf.tidy(() => {
    const mean = tf.mean(images, axes, true);
    return tf.add<tf.Tensor4D>(mean, tf.mul(perSample(factors), tf.sub(images, mean)));
  });
}
