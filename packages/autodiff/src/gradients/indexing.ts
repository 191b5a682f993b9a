import * as tf from '@tensorflow/tfjs';
import { untraced } from '../untraced.js';
import { rule, run, zerosLike } from './rule.js';

const product = tf.util.sizeFromShape;

/**
 * The derivative of a gather (embedding lookup): each row of `dy` is added to the row it was read from.
 * x is seen as [batch, outer, rows, inner], the indices as [batch, picks].
 */
function scatterAdd(
  dy: tf.Tensor,
  shape: number[],
  indices: tf.Tensor,
  axis: number,
  batchDims: number,
): tf.Tensor {
  const batch = product(shape.slice(0, batchDims));
  const outer = product(shape.slice(batchDims, axis));
  const rows = shape[axis]!;
  const inner = product(shape.slice(axis + 1));
  const picks = indices.size / batch;

  const swap = (t: tf.Tensor) => (outer === 1 ? t : tf.transpose(t, [0, 2, 1, 3]));
  const values = swap(tf.reshape(dy, [batch, outer, picks, inner]));
  const places = untraced(() => {
    if (batch === 1) return tf.reshape(indices, [picks, 1]);
    const offsets = tf.reshape(tf.range(0, batch * rows, rows, 'int32'), [batch, 1]);
    return tf.reshape(tf.add(tf.reshape(indices, [batch, picks]), offsets), [batch * picks, 1]);
  });
  const summed = run(
    'ScatterNd',
    { indices: tf.cast(places, 'int32'), updates: tf.reshape(values, [batch * picks, outer * inner]) },
    { shape: [batch * rows, outer * inner] },
  );
  return tf.reshape(swap(tf.reshape(summed, [batch, rows, outer, inner])), shape);
}

/** The gradients of gathering and slicing. */
export const indexing: tf.GradConfig[] = [
  rule<{ axis: number; batchDims: number }>(
    'GatherV2',
    { inputs: ['x', 'indices'] },
    (dy, [x, indices], { axis, batchDims }) => {
      const [along] = tf.util.parseAxisParam(axis, x!.shape);
      return {
        x: () => scatterAdd(dy, x!.shape, indices!, along!, batchDims),
        indices: () => zerosLike(indices!),
      };
    },
  ),

  rule('GatherNd', { inputs: ['params', 'indices'] }, (dy, [params, indices]) => ({
    params: () => run('ScatterNd', { indices: indices!, updates: dy }, { shape: params!.shape }),
    indices: () => zerosLike(indices!),
  })),

  rule('ScatterNd', { inputs: ['indices'] }, (dy, [indices]) => ({
    updates: () => run('GatherNd', { params: dy, indices: indices! }),
    indices: () => zerosLike(indices!),
  })),

  rule<{ k: number }>('TopK', { inputs: ['x'], outputs: [false, true] }, (dys, [x, positions], { k }) => ({
    x: () => {
      if (x!.size === 0) return zerosLike(x!);
      const dy = (dys as unknown as tf.Tensor[])[0]!;
      const rows = x!.size / x!.shape.at(-1)!;
      const flat = scatterAdd(
        dy,
        [rows, x!.shape.at(-1)!],
        untraced(() => tf.reshape(positions!, [rows, k])),
        1,
        1,
      );
      return tf.reshape(flat, x!.shape);
    },
  })),

  rule('Diag', { inputs: ['x'] }, (dy, [x]) => ({
    x: () => {
      const square = tf.reshape(dy, [x!.size, x!.size]);
      return tf.reshape(tf.sum(tf.mul(square, tf.eye(x!.size)), 1), x!.shape);
    },
  })),
];
