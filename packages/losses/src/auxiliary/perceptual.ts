import { OptionError, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { checkFloat, checkReduction } from '../checks.js';
import { meanOfSums, type Reduced, type Reduction } from '../reduction.js';
import { l1, l2 } from './distances.js';

/**
 * Turns images [N, H, W, C] into feature maps [N, h, w, c], one or more: a frozen VGG, or any fixed network. The
 * extractor brings the images to its own range, and its weights are not trained.
 */
export type FeatureExtractor = (images: tf.Tensor4D) => tf.Tensor[];

/** How the distances of several layers become one number. */
export interface PerceptualOptions {
  /** One weight >= 0 a feature map, in the extractor's order. Default: 1 each. */
  weights?: readonly number[];
  /** `l1` (Pix2PixHD, ESRGAN) or `l2` (Johnson et al., SRGAN). Default `l2`. */
  distance?: 'l1' | 'l2';
}

/**
 * Perceptual (content) loss: images are alike when a network sees the same in them.
 *
 *     Σ_l weights[l] · mean (φ_l(images) - φ_l(target))²     (or the mean absolute difference)
 *
 * @param extract the feature extractor φ.
 * @param images float32 [N, H, W, C], in the range that the extractor expects.
 * @param target the same shape.
 * @param options see PerceptualOptions.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0: the mean over each feature map, summed over layers.
 * @throws ShapeError when the shapes differ; OptionError when the weights do not match the feature maps, or for an
 * unknown reduction.
 * @source Johnson, Alahi, Fei-Fei, "Perceptual Losses for Real-Time Style Transfer and Super-Resolution" (2016), equation
 * 2; with layer weights: Wang et al., "High-Resolution Image Synthesis and Semantic Manipulation with Conditional GANs" (2018).
 */
export function perceptual<R extends Reduction = 'mean'>(
  extract: FeatureExtractor,
  images: tf.Tensor4D,
  target: tf.Tensor4D,
  { weights, distance = 'l2' }: PerceptualOptions = {},
  reduction?: R,
): Reduced<R> {
  checkReduction('perceptual', reduction, 'images', images);
  const apart = { l1, l2 }[distance];
  return compareFeatures('perceptual', extract, images, target, weights, (a, b) => apart(a, b, reduction));
}

/**
 * Style loss: images are alike when a network sees the same textures in them, wherever they are.
 *
 *     Σ_l weights[l] · mean_n ‖gram(φ_l(images))ₙ - gram(φ_l(target))ₙ‖²_F
 *
 * @param extract the feature extractor φ.
 * @param images float32 [N, H, W, C], in the range that the extractor expects.
 * @param target the same batch size and channels.
 * @param options.weights one weight >= 0 a feature map. Default: 1 each.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0: summed over Gram entries and layers, averaged over the batch.
 * @throws ShapeError when the shapes differ; OptionError when the weights do not match the feature maps, or for an
 * unknown reduction.
 * @source Johnson, Alahi, Fei-Fei, "Perceptual Losses for Real-Time Style Transfer and Super-Resolution" (2016), equations
 * 3 and 4; the idea: Gatys, Ecker, Bethge, "Image Style Transfer Using Convolutional Neural Networks" (2016).
 */
export function style<R extends Reduction = 'mean'>(
  extract: FeatureExtractor,
  images: tf.Tensor4D,
  target: tf.Tensor4D,
  { weights }: Pick<PerceptualOptions, 'weights'> = {},
  reduction?: R,
): Reduced<R> {
  checkReduction('style', reduction, 'images', images);
  return compareFeatures('style', extract, images, target, weights, (a, b) => {
    const difference = tf.sub(gram(a), gram(b));
    return meanOfSums([tf.square(difference)], 1, reduction);
  });
}

/**
 * The Gram matrices of feature maps: which features occur together, without where.
 *
 *     gram[n, i, j] = 1 / (H W C) Σ_{y,x} f[n, y, x, i] f[n, y, x, j]
 *
 * @param features float32 [N, H, W, C].
 * @returns float32 [N, C, C].
 * @throws ShapeError for another rank.
 * @source Johnson, Alahi, Fei-Fei, "Perceptual Losses for Real-Time Style Transfer and Super-Resolution" (2016), equation 3.
 */
export function gram(features: tf.Tensor): tf.Tensor3D {
  checkFloat('gram', 'features', features, [4], 'feature maps [N, H, W, C]');
  const [batch, height, width, channels] = features.shape as [number, number, number, number];
  return tf.tidy(() => {
    const flat: tf.Tensor3D = tf.reshape(features, [batch, height * width, channels]);
    return tf.div<tf.Tensor3D>(tf.matMul(flat, flat, true), height * width * channels);
  });
}

function compareFeatures<T extends tf.Tensor>(
  where: string,
  extract: FeatureExtractor,
  images: tf.Tensor4D,
  target: tf.Tensor4D,
  weights: readonly number[] | undefined,
  apart: (a: tf.Tensor, b: tf.Tensor) => T,
): T {
  checkFloat(where, 'images', images, [4], 'images [N, H, W, C]');
  checkFloat(where, 'target', target, [4], 'images [N, H, W, C]');
  return tf.tidy(() => {
    const ours = extract(images);
    const theirs = extract(target);
    if (ours.length === 0 || ours.length !== theirs.length) {
      throw new ShapeError(
        where,
        `${ours.length} and ${theirs.length} feature maps from the extractor`,
        'the same number of each, at least one',
        'Let the extractor return one tensor a layer, whatever the input.',
      );
    }
    if (weights && (weights.length !== ours.length || !weights.every((w) => w >= 0 && Number.isFinite(w)))) {
      throw new OptionError(
        where,
        `weights [${weights}] for ${ours.length} feature maps`,
        'one finite weight >= 0 a feature map',
        'Give as many weights as the extractor returns tensors.',
      );
    }
    return tf.addN(ours.map((feature, l) => tf.mul<T>(weights?.[l] ?? 1, apart(feature, theirs[l]!))));
  });
}
