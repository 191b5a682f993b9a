import type * as tf from '@tensorflow/tfjs';
import { sampleNearest, zeros } from '../resample.js';

/** Moves each image by whole pixels, right and down; zeros come in at the other side. */
export function translate(images: tf.Tensor4D, right: Int32Array, down: Int32Array): tf.Tensor4D {
  return sampleNearest(images, (n, x, y) => [x - right[n]!, y - down[n]!], zeros);
}
