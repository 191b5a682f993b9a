import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import type { Reduced, Reduction } from '../reduction.js';
import { l1 } from './distances.js';

/**
 * Feature matching: G's samples should have, on average, the features that the discriminator sees in real ones.
 *
 *     ‖mean_n f(real)ₙ - mean_n f(fake)ₙ‖²₂
 *
 * The authors' code takes the mean over the features in place of the sum: divide by their number for that.
 *
 * @param real features of reals from an inner layer of D, float32 [N, …]; batch sizes may differ.
 * @param fake features of fakes, float32 [M, …].
 * @returns a scalar >= 0, summed over features.
 * @throws ShapeError when the features differ in shape.
 * @source Salimans et al., "Improved Techniques for Training GANs" (2016), section 3.1.
 */
export function featureMatching(real: tf.Tensor, fake: tf.Tensor): tf.Scalar {
  if (real.rank < 2 || real.shape.slice(1).join() !== fake.shape.slice(1).join()) {
    throw new ShapeError(
      'featureMatching',
      `real features [${real.shape}] and fake features [${fake.shape}]`,
      '[N, …] and [M, …] with equal feature shapes',
      'Take both from the same layer.',
    );
  }
  return tf.tidy(() => tf.sum<tf.Scalar>(tf.square(tf.sub(tf.mean(real, 0), tf.mean(fake, 0)))));
}

/**
 * Pix2PixHD's feature matching over all inner layers of all discriminators, image by image.
 *
 *     4 / (S T) Σ_s Σ_t mean |f_st(real) - f_st(fake)|,   S scales, T feature maps each
 *
 * The factor 4 / T is that of the authors' code, 1 for its discriminator of T = 4 feature maps, for which this is the
 * paper's sum averaged over scales. Weight 10. Real features are to be constants for the gradient.
 *
 * @param real feature maps of the real pair: one list a scale, the final scores left out.
 * @param fake feature maps of the generated pair, of the same structure.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0.
 * @throws ShapeError when the structures or shapes differ; OptionError for an unknown reduction.
 * @source Wang et al., "High-Resolution Image Synthesis and Semantic Manipulation with Conditional GANs" (2018), equation 4.
 */
export function multiScaleFeatureMatching<R extends Reduction = 'mean'>(
  real: readonly (readonly tf.Tensor[])[],
  fake: readonly (readonly tf.Tensor[])[],
  reduction?: R,
): Reduced<R> {
  const counts = (scales: readonly (readonly tf.Tensor[])[]) =>
    `[${scales.map((maps) => maps.length).join(', ')}]`;
  if (real.length === 0 || real.some((maps) => maps.length === 0) || counts(real) !== counts(fake)) {
    throw new ShapeError(
      'multiScaleFeatureMatching',
      `${counts(real)} real and ${counts(fake)} fake feature maps a scale`,
      'equal counts, at least one map a scale',
      'Give one list of inner activations for each discriminator.',
    );
  }
  return tf.tidy(() =>
    tf.addN(
      real.flatMap((maps, s) =>
        maps.map((map, t) =>
          tf.mul<Reduced<R>>(4 / (real.length * maps.length), l1(fake[s]![t]!, map, reduction)),
        ),
      ),
    ),
  );
}
