import * as tf from '@tensorflow/tfjs';

/** Rows above and below, columns left and right. */
export type Padding2d = readonly [readonly [number, number], readonly [number, number]];

function reflect(x: tf.Tensor4D, axis: 1 | 2, [before, after]: readonly [number, number]): tf.Tensor4D {
  if (before === 0 && after === 0) return x;
  const size = x.shape[axis];
  const part = (start: number, length: number) => {
    const begin: [number, number, number, number] = [0, 0, 0, 0];
    const extent: [number, number, number, number] = [...x.shape];
    begin[axis] = start;
    extent[axis] = length;
    return tf.reverse(tf.slice(x, begin, extent), axis);
  };
  const parts: tf.Tensor4D[] = [x];
  if (before > 0) parts.unshift(part(1, before));
  if (after > 0) parts.push(part(size - 1 - after, after));
  return tf.concat(parts, axis);
}

/**
 * Pads with the mirror image that does not repeat the border: [1, 2, 3] padded by 2 is [3, 2, 1, 2, 3, 2, 1].
 * Made of slices and concatenations, because the gradient of `tf.mirrorPad` forgets the mirrored pixels.
 *
 * @param x float32 [batch, height, width, channels].
 * @param padding [[top, bottom], [left, right]], each below the height or width.
 * @returns [batch, height + top + bottom, width + left + right, channels].
 */
export function reflectionPadding2d(x: tf.Tensor4D, padding: Padding2d): tf.Tensor4D {
  return reflect(reflect(x, 1, padding[0]), 2, padding[1]);
}
