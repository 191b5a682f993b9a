import * as tf from '@tensorflow/tfjs';

/** Computations by name. */
export type Cases = Readonly<Record<string, () => tf.Tensor | tf.Tensor[]>>;

/** A tensor of 1, 2, 3, ... */
export function count(shape: number[], dtype: 'float32' | 'int32' = 'float32'): tf.Tensor {
  const values = Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => i + 1);
  return tf.tensor(values, shape, dtype);
}

// The same by rank, for the types of tf's functions.
export const one = (...shape: [number]) => count(shape) as tf.Tensor1D;
export const two = (...shape: [number, number]) => count(shape) as tf.Tensor2D;
export const three = (...shape: [number, number, number]) => count(shape) as tf.Tensor3D;
export const four = (...shape: [number, number, number, number]) => count(shape) as tf.Tensor4D;
