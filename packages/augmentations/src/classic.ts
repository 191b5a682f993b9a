import { checkOption } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { aroundCentre, product, rotation, scaling } from './affine.js';
import type { Augmentation } from './augmentation.js';
import { checkImages } from './checks.js';
import { aroundMean } from './diffAugment/color.js';
import { reflected, sampleBilinear } from './resample.js';

/** How far the classic augmentations go. */
export interface ClassicOptions {
  /** Whether half the images are mirrored, left and right. Default true. */
  flip?: boolean;
  /** Rotation by U(±rotation) full turns, in [0, 0.5]. Default 0.1. */
  rotation?: number;
  /** Zoom: the size of what is seen times U(1 ± zoom), in [0, 1). Default 0.1. */
  zoom?: number;
  /** Contrast: the distance from the channel's mean times U(1 ± contrast), in [0, 1]. Default 0.1. */
  contrast?: number;
}

/**
 * The classic augmentations of a training set: flip, rotation, zoom, contrast. For real images only: what they change,
 * the generator learns.
 *
 *     places  x ← zoom · R(angle) · flip · x around the centre, read bilinearly, mirrored outside
 *     values  m + factor (x - m), m the mean of each channel of each image
 *
 * Values are not clipped: contrast may lead a little out of [-1, 1].
 *
 * @param options see ClassicOptions; 0 or false switches a step off.
 * @returns an Augmentation.
 * @throws OptionError for a number out of range; when called, ShapeError for other shapes.
 * @source the layers RandomFlip, RandomRotation(0.1), RandomZoom(0.1), RandomContrast(0.1) of Keras; Shorten and
 * Khoshgoftaar, "A survey on Image Data Augmentation for Deep Learning" (2019).
 */
export function classic(options: ClassicOptions = {}): Augmentation {
  const { flip = true, rotation: turn = 0.1, zoom = 0.1, contrast = 0.1 } = options;
  checkOption('classic', 'rotation', turn, 0, 0.5);
  checkOption('classic', 'zoom', zoom, 0, 0.999);
  checkOption('classic', 'contrast', contrast, 0, 1);
  return (images, stream) => {
    checkImages('classic', images);
    const n = images.shape[0];
    return transformClassic(images, {
      flips: stream.fold('flip').mask(n, flip ? 0.5 : 0),
      turns: stream.fold('rotation').uniform(n, -turn, turn),
      zooms: stream.fold('zoom').uniform(n, 1 - zoom, 1 + zoom),
      contrasts: stream.fold('contrast').uniform(n, 1 - contrast, 1 + contrast),
    });
  };
}

/** What happens to each image: one value a sample in each array. */
export interface ClassicDraws {
  /** 1 where left and right change places. */
  flips: ArrayLike<number>;
  /** In full turns. */
  turns: ArrayLike<number>;
  /** Above 1 makes what is seen larger, and so the things in it smaller. */
  zooms: ArrayLike<number>;
  contrasts: Float32Array;
}

/** The deterministic part of `classic`. */
export function transformClassic(
  images: tf.Tensor4D,
  { flips, turns, zooms, contrasts }: ClassicDraws,
): tf.Tensor4D {
  const [n, height, width] = images.shape;
  const maps = Array.from({ length: n }, (_, i) =>
    aroundCentre(
      product(
        scaling(flips[i]! > 0 ? -1 : 1, 1),
        rotation(2 * Math.PI * turns[i]!),
        scaling(zooms[i]!, zooms[i]!),
      ),
      height,
      width,
    ),
  );
  return tf.tidy(() => {
    const moved = sampleBilinear(images, [height, width], maps, reflected);
    return aroundMean(moved, contrasts, [1, 2]);
  });
}
