import * as tf from '@tensorflow/tfjs';

/**
 * Sums non-overlapping blocks: y[n,i,j,c] = Σ_{a,b<s} x[n, s·i+a, s·j+b, c]; the adjoint of nearest upsampling.
 *
 * @param x float32 [batch, height, width, channels], height and width multiples of `size`.
 * @returns [batch, height/size, width/size, channels].
 */
function blockSum(x: tf.Tensor4D, size: number): tf.Tensor4D {
  const sum = tf.customGrad((v) => ({
    value: tf.avgPool(v as tf.Tensor4D, size, size, 'valid').mul(size * size),
    gradFunc: (dy: tf.Tensor) => nearestUpsampling2d(dy as tf.Tensor4D, size),
  }));
  return sum(x) as tf.Tensor4D;
}

/**
 * Nearest-neighbour upsampling: y[n,i,j,c] = x[n, ⌊i/size⌋, ⌊j/size⌋, c].
 *
 * Its derivative is the sum over each block, to any order and on every backend; that of
 * `tf.image.resizeNearestNeighbor` is wrong for batches on the cpu backend and has no second order.
 *
 * @param x float32 [batch, height, width, channels].
 * @param size factor, a whole number >= 1.
 * @returns [batch, size·height, size·width, channels].
 */
export function nearestUpsampling2d(x: tf.Tensor4D, size: number): tf.Tensor4D {
  const [, height, width] = x.shape;
  const up = tf.customGrad((v) => ({
    value: tf.image.resizeNearestNeighbor(v as tf.Tensor4D, [height * size, width * size]),
    gradFunc: (dy: tf.Tensor) => blockSum(dy as tf.Tensor4D, size),
  }));
  return up(x) as tf.Tensor4D;
}

/**
 * Average pooling over non-overlapping blocks: the mean of each size × size block. Differentiable to any order.
 *
 * @param x float32 [batch, height, width, channels], height and width multiples of `size`.
 * @param size factor, a whole number >= 1.
 * @returns [batch, height/size, width/size, channels].
 */
export function averagePooling2d(x: tf.Tensor4D, size: number): tf.Tensor4D {
  return blockSum(x, size).mul(1 / (size * size));
}
