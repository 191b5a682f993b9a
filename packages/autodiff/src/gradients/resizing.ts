import * as tf from '@tensorflow/tfjs';
import { untraced } from '../untraced.js';
import { rule, run } from './rule.js';

interface Resize {
  alignCorners: boolean;
  halfPixelCenters: boolean;
  size: [number, number];
}

/**
 * Resizing is linear and works on rows and columns alone, so it is a matrix for each axis. The matrix is
 * what the kernel itself makes of the identity: exact on every backend, whatever the flags.
 */
function matrix(kernel: string, from: number, to: number, attributes: Resize): tf.Tensor {
  return untraced(() => {
    const identity = tf.reshape(tf.eye(from), [1, from, 1, from]);
    const resized = run(kernel, { images: identity }, { ...attributes, size: [to, 1] });
    return tf.reshape(resized, [1, to, from]);
  });
}

/** dx = H^T dy W for each channel. */
function transposedResize(kernel: string, dy: tf.Tensor, shape: number[], attributes: Resize): tf.Tensor {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  const [, toHeight, toWidth] = dy.shape as [number, number, number, number];
  const rows = tf.reshape(dy, [batch, toHeight, toWidth * channels]);
  const rowsBack = tf.matMul(matrix(kernel, height, toHeight, attributes), rows, true);
  const columns = tf.reshape(rowsBack, [batch * height, toWidth, channels]);
  const columnsBack = tf.matMul(matrix(kernel, width, toWidth, attributes), columns, true);
  return tf.reshape(columnsBack, shape);
}

/** The gradients of resizing. */
export const resizing: tf.GradConfig[] = [
  rule<Resize>('ResizeBilinear', { inputs: ['images'] }, (dy, [images], attributes) => ({
    images: () => transposedResize('ResizeBilinear', dy, images!.shape, attributes),
  })),

  rule<Resize>('ResizeNearestNeighbor', { inputs: ['images'] }, (dy, [images], attributes) => ({
    images: () => {
      const [, height, width] = images!.shape as [number, number, number, number];
      const factors: [number, number] = [attributes.size[0] / height, attributes.size[1] / width];
      if (attributes.alignCorners || !factors.every(Number.isInteger)) {
        return transposedResize('ResizeNearestNeighbor', dy, images!.shape, attributes);
      }
      // Every pixel became a block: sum the block.
      const average = tf.avgPool(dy as tf.Tensor4D, factors, factors, 'valid');
      return tf.mul(average, factors[0] * factors[1]);
    },
  })),
];
