import type * as tf from '@tensorflow/tfjs';
import { OptionError, ShapeError, UnknownAugmentationError } from './errors.js';

/** Throws a ShapeError unless `images` is a float32 batch [N, H, W, C] of at least 2 x 2 pixels. */
export function checkImages(where: string, images: tf.Tensor): void {
  const [, height = 0, width = 0] = images.shape;
  if (images.rank === 4 && images.size > 0 && images.dtype === 'float32' && height > 1 && width > 1) return;
  throw new ShapeError(
    where,
    `images of shape [${images.shape}] and dtype ${images.dtype}`,
    'float32 images [N, H, W, C] of at least 2 x 2 pixels',
    'Add the batch axis with tf.expandDims, and scale bytes to [-1, 1].',
  );
}

/** Throws an OptionError unless low <= value <= high and value is finite; NaN is never in range. */
export function checkOption(
  where: string,
  name: string,
  value: number,
  low: number,
  high = Number.POSITIVE_INFINITY,
): void {
  if (Number.isFinite(value) && value >= low && value <= high) return;
  const upper = Number.isFinite(high) ? ` and <= ${high}` : '';
  throw new OptionError(
    where,
    `${name} = ${value}`,
    `a finite number >= ${low}${upper}`,
    `Choose ${name} within that range.`,
  );
}

/** Throws an UnknownAugmentationError unless every name is one of `known`. */
export function checkNames(where: string, names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UnknownAugmentationError(
    where,
    `the augmentation "${unknown}"`,
    known.map((name) => `"${name}"`).join(', '),
    'Check the spelling.',
  );
}
