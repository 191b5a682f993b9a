import { checkOption, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import type { Augmentation } from '../augmentation.js';
import { checkImages, checkNames } from '../checks.js';
import { drawColor, transformColor } from './color.js';
import { drawBlit, drawGeneral, transformGeometry } from './geometry.js';

const CATEGORIES = ['blit', 'geometry', 'color'] as const;

/** A group of ADA's transformations. */
export type AdaCategory = (typeof CATEGORIES)[number];

/** How often ADA's transformations fire, and which. */
export interface AdaOptions {
  /** The probability of each transformation, in [0, 1]: the state that `adaptProbability` steers. */
  p: number;
  /** The groups to use. Default: all three, the paper's best (`bgc`). */
  categories?: readonly AdaCategory[];
}

/**
 * Adaptive discriminator augmentation: the pipeline. Everything the discriminator sees goes through it: reals and fakes,
 * in its own step, in the generator's, and inside R1.
 *
 * Each of these fires for each image with probability p, in this order:
 *
 *     blit      flip left and right (of those that fire, half); turn by 0, 90, 180 or 270 degrees; shift by whole
 *               pixels, U(±0.125) of the size
 *     geometry  scale by 2^N(0, 0.2²); rotate by U(±π); stretch x by 2^N(0, 0.2²), y by its inverse; rotate
 *               by U(±π) (either rotation fires with probability p); move by N(0, 0.125²) of the size
 *     color     brightness + N(0, 0.2²); contrast × 2^N(0, 0.5²); luma flip (half); hue + U(±π); saturation × 2^N(0, 1)
 *
 * Whole-pixel moves copy pixels; the others are resampled through a doubled resolution with the filter sym6. Outside the
 * image lies its mirror image. With p = 0 images pass unchanged.
 *
 * @param options see AdaOptions.
 * @returns an Augmentation of images with 1 or 3 channels.
 * @throws OptionError for p outside [0, 1]; UnknownAugmentationError for an unknown category; when called, ShapeError for
 * other channel counts with `color`.
 * @source Karras et al., "Training Generative Adversarial Networks with Limited Data" (2020), appendix B.
 */
export function ada({ p, categories = CATEGORIES }: AdaOptions): Augmentation {
  checkOption('ada', 'p', p, 0, 1);
  checkNames('ada', categories, CATEGORIES);
  const chance = (category: AdaCategory) => (categories.includes(category) ? p : 0);
  return (images, stream) => {
    checkImages('ada', images);
    const [n, height, width, channels] = images.shape;
    if (chance('color') > 0 && channels !== 1 && channels !== 3) {
      throw new ShapeError(
        'ada',
        `images [${images.shape}]`,
        '1 or 3 channels for the category "color"',
        'Leave "color" out of the categories.',
      );
    }
    return tf.tidy(() => {
      let x = tf.clone(images);
      if (chance('blit') > 0 || chance('geometry') > 0) {
        const blit = drawBlit(stream.fold('blit'), n, chance('blit'), height, width);
        const general = drawGeneral(stream.fold('geometry'), n, chance('geometry'), height, width);
        const geometries = Array.from({ length: n }, (_, i) => ({ ...blit(i), ...general(i) }));
        x = transformGeometry(x, geometries);
      }
      if (chance('color') > 0) x = transformColor(x, drawColor(stream.fold('color'), n, p));
      return x;
    });
  };
}
