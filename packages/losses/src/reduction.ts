import * as tf from '@tensorflow/tfjs';

/** What becomes of the values of a batch: their mean, or with 'none' one value a sample. */
export type Reduction = 'mean' | 'none';

/** What a loss gives under a reduction: a scalar, with 'none' [N]. */
export type Reduced<R extends Reduction> = R extends 'none' ? tf.Tensor1D : tf.Scalar;

/** The mean of all values [N, …], with 'none' the mean of each sample's. */
export function meanOf<R extends Reduction = 'mean'>(values: tf.Tensor, reduction?: R): Reduced<R> {
  return reduction === 'none' ? tf.mean<Reduced<R>>(perRow(values), 1) : tf.mean<Reduced<R>>(values);
}

/** The mean over samples of Σ terms / divisor, the terms [N, …] each summed over a sample; with 'none' without the mean. */
export function meanOfSums<R extends Reduction = 'mean'>(
  terms: readonly tf.Tensor[],
  divisor: number,
  reduction?: R,
): Reduced<R> {
  const each = reduction === 'none';
  const sums = terms.map((term) => (each ? tf.sum(perRow(term), 1) : tf.sum(term)));
  const total = sums.reduce((a, b) => tf.add(a, b));
  return tf.div(total, each ? divisor : divisor * terms[0]!.shape[0]!);
}

/** The values of each sample in a row: [N, values]. */
function perRow(values: tf.Tensor): tf.Tensor2D {
  return tf.reshape(values, [values.shape[0]!, -1]);
}
