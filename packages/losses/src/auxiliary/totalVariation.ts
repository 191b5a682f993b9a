import * as tf from '@tensorflow/tfjs';
import { absolute } from '../absolute.js';
import { checkFloat, checkReduction } from '../checks.js';
import { meanOfSums, type Reduced, type Reduction } from '../reduction.js';

/**
 * Anisotropic total variation: how much neighbouring pixels differ.
 *
 *     mean_n Σ_{y,x,c} |I[y+1, x, c] - I[y, x, c]| + |I[y, x+1, c] - I[y, x, c]|
 *
 * @param images float32 [N, H, W, C].
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0: summed over each image, averaged over the batch.
 * @throws ShapeError for another rank; OptionError for an unknown reduction.
 * @source Rudin, Osher, Fatemi, "Nonlinear total variation based noise removal algorithms" (1992); as a loss, Johnson et
 * al., "Perceptual Losses for Real-Time Style Transfer and Super-Resolution" (2016), section 3.2.
 */
export function totalVariation<R extends Reduction = 'mean'>(images: tf.Tensor, reduction?: R): Reduced<R> {
  checkFloat('totalVariation', 'images', images, [4], 'images [N, H, W, C]');
  checkReduction('totalVariation', reduction, 'images', images);
  const [, height, width] = images.shape as [number, number, number, number];
  return tf.tidy(() => {
    const down = tf.sub(
      tf.slice(images, [0, 1, 0, 0]),
      tf.slice(images, [0, 0, 0, 0], [-1, height - 1, -1, -1]),
    );
    const right = tf.sub(
      tf.slice(images, [0, 0, 1, 0]),
      tf.slice(images, [0, 0, 0, 0], [-1, -1, width - 1, -1]),
    );
    return meanOfSums([absolute(down), absolute(right)], 1, reduction);
  });
}
