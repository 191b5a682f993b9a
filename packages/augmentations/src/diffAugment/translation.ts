import type * as tf from '@tensorflow/tfjs';
import { translation } from '../affine.js';
import { sampleNearest } from '../resample.js';

/** Moves each image by whole pixels, right and down; zeros come in at the other side. */
export function translate(images: tf.Tensor4D, right: Int32Array, down: Int32Array): tf.Tensor4D {
  return sampleNearest(
    images,
    Array.from(right, (x, n) => translation(-x, -down[n]!)),
  );
}
