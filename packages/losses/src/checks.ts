import type * as tf from '@tensorflow/tfjs';
import { OptionError, ShapeError } from './errors.js';

/** Throws an OptionError unless low <= value <= high; NaN is never in range. */
export function checkOption(
  where: string,
  name: string,
  value: number,
  low = Number.NEGATIVE_INFINITY,
  high = Number.POSITIVE_INFINITY,
): void {
  if (Number.isFinite(value) && value >= low && value <= high) return;
  const range =
    low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY
      ? 'a finite number'
      : high === Number.POSITIVE_INFINITY
        ? `a finite number >= ${low}`
        : `a number from ${low} to ${high}`;
  throw new OptionError(where, `${name} = ${value}`, range, `Set ${name} within that range.`);
}

/** Throws a ShapeError unless `x` holds at least one float per sample of a batch. */
export function checkScores(where: string, name: string, x: tf.Tensor): void {
  if (x.rank >= 1 && x.size > 0 && x.dtype === 'float32') return;
  throw new ShapeError(
    where,
    `${name} of shape [${x.shape}] and dtype ${x.dtype}`,
    'float32 scores [N], [N, 1] or a patch map [N, H, W, 1]',
    'Pass the output of the discriminator before any mean over the batch.',
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
    'This term compares them element by element: make both from batches of one size.',
  );
}
