import * as tf from '@tensorflow/tfjs';

/** Views one axis of `x` as the middle of [outer, size, inner]. */
function around(shape: number[], axis: number): [outer: number, inner: number] {
  return [tf.util.sizeFromShape(shape.slice(0, axis)), tf.util.sizeFromShape(shape.slice(axis + 1))];
}

function replaced(shape: number[], axis: number, size: number): number[] {
  return shape.map((s, i) => (i === axis ? size : s));
}

/**
 * Puts `step - 1` zeros between the elements along one axis: n becomes (n - 1) step + 1. This is how a
 * dilated filter acts, and the derivative of taking every `step`-th element.
 */
export function spread(x: tf.Tensor, axis: number, step: number): tf.Tensor {
  const size = x.shape[axis]!;
  if (step === 1 || size === 1) return x;
  const [outer, inner] = around(x.shape, axis);
  const padded = tf.pad(tf.reshape(x, [outer, size, inner]), [
    [0, 0],
    [0, 0],
    [0, (step - 1) * inner],
  ]);
  const length = (size - 1) * step + 1;
  const cut = tf.slice(tf.reshape(padded, [outer, size * step, inner]), [0, 0, 0], [outer, length, inner]);
  return tf.reshape(cut, replaced(x.shape, axis, length));
}

/** Takes every `step`-th element along one axis, the first included: the transpose of {@link spread}. */
export function everyNth(x: tf.Tensor, axis: number, step: number): tf.Tensor {
  const length = x.shape[axis]!;
  if (step === 1 || length === 1) return x;
  const size = Math.ceil(length / step);
  const [outer, inner] = around(x.shape, axis);
  const padded = tf.pad(tf.reshape(x, [outer, length, inner]), [
    [0, 0],
    [0, size * step - length],
    [0, 0],
  ]);
  const first = tf.slice(tf.reshape(padded, [outer, size, step * inner]), [0, 0, 0], [outer, size, inner]);
  return tf.reshape(first, replaced(x.shape, axis, size));
}
