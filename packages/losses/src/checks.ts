import { describeTensor, OptionError, ShapeError } from '@ganjs/errors';
import type * as tf from '@tensorflow/tfjs';
import type { Reduction } from './reduction.js';

/** Throws an OptionError unless the reduction is known, a ShapeError when 'none' meets no batch axis. */
export function checkReduction(
  where: string,
  reduction: Reduction | undefined,
  name: string,
  batch: tf.Tensor,
): void {
  if (reduction === undefined || reduction === 'mean') return;
  if (reduction !== 'none') {
    throw new OptionError(where, `reduction = ${reduction}`, "'mean' or 'none'", 'Choose one of the two.');
  }
  if (batch.rank >= 1) return;
  throw new ShapeError(
    where,
    `${name} of ${describeTensor(batch)} with reduction 'none'`,
    'a batch [N, …]',
    "Add the batch axis, or reduce with 'mean'.",
  );
}

/** Throws a ShapeError unless `x` holds at least one float per sample of a batch. */
export function checkScores(where: string, name: string, x: tf.Tensor): void {
  if (x.rank >= 1 && x.size > 0 && x.dtype === 'float32') return;
  throw new ShapeError(
    where,
    `${name} of ${describeTensor(x)}`,
    'float32 scores [N], [N, 1] or a patch map [N, H, W, 1]',
    'Pass the output of the discriminator before any mean over the batch.',
  );
}

/** Throws a ShapeError unless `x` is a float32 tensor of one of the ranks, none of its sizes 0. */
export function checkFloat(
  where: string,
  name: string,
  x: tf.Tensor,
  ranks: readonly number[],
  form: string,
) {
  if (ranks.includes(x.rank) && x.size > 0 && x.dtype === 'float32') return;
  throw new ShapeError(
    where,
    `${name} of ${describeTensor(x)}`,
    `float32 ${form}`,
    'Reshape it, or cast integers with tf.cast(x, "float32").',
  );
}

/** Throws a ShapeError unless `a` and `b` have the same shape. */
export function checkSameShape(
  where: string,
  aName: string,
  a: tf.Tensor,
  bName: string,
  b: tf.Tensor,
): void {
  if (a.rank === b.rank && a.shape.every((size, i) => size === b.shape[i])) return;
  throw new ShapeError(
    where,
    `${aName} [${a.shape}] and ${bName} [${b.shape}]`,
    'two tensors of one shape',
    'They are compared element by element: make both from batches of one size.',
  );
}

/** Throws a ShapeError unless `labels` are int32 [N]. */
export function checkLabels(where: string, name: string, labels: tf.Tensor, batch: number): void {
  if (labels.rank === 1 && labels.shape[0] === batch && labels.dtype === 'int32') return;
  throw new ShapeError(
    where,
    `${name} of ${describeTensor(labels)}`,
    `int32 class numbers [${batch}], one a sample`,
    'Turn one-hot rows into class numbers with tf.argMax(x, -1), and floats with tf.cast(x, "int32").',
  );
}
