import type { Stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import type { Augmentation } from '../augmentation.js';
import { checkImages, checkNames } from '../checks.js';
import { brightness, contrast, saturation } from './color.js';
import { cutout } from './cutout.js';
import { translate } from './translation.js';

const POLICIES = {
  color(images: tf.Tensor4D, stream: Stream): tf.Tensor4D {
    const n = images.shape[0];
    const brighter = brightness(images, stream.fold('brightness').uniform(n, -0.5, 0.5));
    const coloured = saturation(brighter, stream.fold('saturation').uniform(n, 0, 2));
    return contrast(coloured, stream.fold('contrast').uniform(n, 0.5, 1.5));
  },

  translation(images: tf.Tensor4D, stream: Stream): tf.Tensor4D {
    const [n, height, width] = images.shape;
    const shifts = (axis: string, size: number) => {
      const most = portion(size, 1 / 8);
      return stream
        .fold(axis)
        .integers(n, 2 * most + 1)
        .map((shift) => shift - most);
    };
    return translate(images, shifts('x', width), shifts('y', height));
  },

  cutout(images: tf.Tensor4D, stream: Stream): tf.Tensor4D {
    const [n, height, width] = images.shape;
    // The centre is anywhere in the image; for even sizes it lies between pixels, and so has one place more.
    const starts = (axis: string, size: number) => {
      const side = portion(size, 1 / 2);
      return stream
        .fold(axis)
        .integers(n, size + (side % 2 === 0 ? 1 : 0))
        .map((centre) => centre - Math.floor(side / 2));
    };
    return cutout(
      images,
      starts('x', width),
      starts('y', height),
      portion(width, 1 / 2),
      portion(height, 1 / 2),
    );
  },
};

/** A group of DiffAugment's transformations. */
export type DiffAugmentPolicy = keyof typeof POLICIES;

/**
 * Differentiable augmentation: what the discriminator sees, reals and fakes, in its own step and in the generator's.
 *
 *     color        brightness + U(±0.5); saturation × U(0, 2) around each pixel's grey; contrast × U(0.5, 1.5) around the
 *                  image's mean
 *     translation  by whole pixels, uniform up to 1/8 of the size; zeros come in
 *     cutout       a rectangle of half the size is set to zero, its centre anywhere in the image
 *
 * Unlike ADA, each always fires.
 *
 * @param policies which, in this order; the paper's are ['translation', 'cutout'] and, for little data, all three.
 * @returns an Augmentation of images with any number of channels.
 * @throws UnknownAugmentationError for an unknown policy; when called, ShapeError for other shapes.
 * @source Zhao et al., "Differentiable Augmentation for Data-Efficient GAN Training" (2020).
 */
export function diffAugment(
  policies: readonly DiffAugmentPolicy[] = ['color', 'translation', 'cutout'],
): Augmentation {
  checkNames('diffAugment', policies, Object.keys(POLICIES));
  return (images, stream) => {
    checkImages('diffAugment', images);
    return tf.tidy(() =>
      policies.reduce((x, policy) => POLICIES[policy](x, stream.fold(policy)), tf.clone(images)),
    );
  };
}

/** A part of a size in whole pixels, rounded to the nearest. */
function portion(size: number, ratio: number): number {
  return Math.floor(size * ratio + 0.5);
}
