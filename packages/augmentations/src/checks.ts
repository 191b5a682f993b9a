import { describeTensor, ShapeError, suggestion } from '@ganjs/errors';
import type * as tf from '@tensorflow/tfjs';
import { UnknownAugmentationError } from './errors.js';

/** Throws a ShapeError unless `images` is a float32 batch [N, H, W, C] of at least 2 x 2 pixels. */
export function checkImages(where: string, images: tf.Tensor): void {
  const [, height = 0, width = 0] = images.shape;
  if (images.rank === 4 && images.size > 0 && images.dtype === 'float32' && height > 1 && width > 1) return;
  throw new ShapeError(
    where,
    `images of ${describeTensor(images)}`,
    'float32 images [N, H, W, C] of at least 2 x 2 pixels',
    'Add the batch axis with tf.expandDims, and scale bytes to [-1, 1].',
  );
}

/** Throws an UnknownAugmentationError unless every name is one of `known`. */
export function checkNames(where: string, names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UnknownAugmentationError(
    where,
    `the augmentation "${unknown}"`,
    'one that exists',
    suggestion(unknown, known).trimStart(),
  );
}
