import type * as tf from '@tensorflow/tfjs';

/** Shared by all copies of this package. */
const MARK = Symbol.for('@ganjs/autodiff/shapesOnly');

/** Marks a gradient that only looks at the shapes of what is saved for it: the tape keeps no numbers for it. */
export function shapesOnly(gradient: tf.GradConfig): tf.GradConfig {
  return Object.assign(gradient, { [MARK]: true });
}

/** Whether a gradient is marked so. */
export function isShapesOnly(gradient: tf.GradConfig): boolean {
  return MARK in gradient;
}
