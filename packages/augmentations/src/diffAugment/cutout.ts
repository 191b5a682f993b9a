import * as tf from '@tensorflow/tfjs';

/** Sets a rectangle of each image to zero; what lies outside the image is cut off. */
export function cutout(
  images: tf.Tensor4D,
  left: Int32Array,
  top: Int32Array,
  width: number,
  height: number,
): tf.Tensor4D {
  const [n, rows, columns] = images.shape;
  const mask = new Float32Array(n * rows * columns).fill(1);
  for (let i = 0; i < n; i++) {
    const start = Math.max(0, left[i]!);
    const end = Math.min(columns, left[i]! + width);
    for (let y = Math.max(0, top[i]!); y < Math.min(rows, top[i]! + height); y++) {
      const row = (i * rows + y) * columns;
      mask.fill(0, row + start, row + end);
    }
  }
  return tf.tidy(() => tf.mul(images, tf.tensor4d(mask, [n, rows, columns, 1])));
}
