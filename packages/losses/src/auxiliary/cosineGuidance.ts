import * as tf from '@tensorflow/tfjs';
import { checkFloat, checkReduction, checkSameShape } from '../checks.js';
import { directions, lengths } from '../directions.js';
import { meanOf, type Reduced, type Reduction } from '../reduction.js';

/**
 * Cosine guidance by a joint embedding of images and texts, such as CLIP's.
 *
 *     mean_n 1 - cos(image_n, text_n)
 *
 * @param image embeddings of the generated images, float32 [N, D]; lengths do not matter.
 * @param text embeddings of their texts, float32 [N, D].
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], in [0, 2].
 * @throws ShapeError when the shapes differ; OptionError for an unknown reduction.
 * @source Radford et al., "Learning Transferable Visual Models From Natural Language Supervision" (2021), section 2.3;
 * as guidance, Patashnik et al., "StyleCLIP" (2021), equation 1.
 */
export function cosineGuidance<R extends Reduction = 'mean'>(
  image: tf.Tensor,
  text: tf.Tensor,
  reduction?: R,
): Reduced<R> {
  checkEmbeddings('cosineGuidance', image, text, reduction);
  return tf.tidy(() => tf.sub(1, meanOf(tf.sum(tf.mul(directions(image), directions(text)), 1), reduction)));
}

/**
 * Spherical guidance: the squared angle between image and text, as StyleGAN-T guides with CLIP. Unlike the cosine it
 * keeps its pull on embeddings far apart.
 *
 *     mean_n arccos²(cos(image_n, text_n)) = mean_n (2 atan2(‖a - b‖, ‖a + b‖))²,   a, b = image, text of length 1
 *
 * The second form has a finite gradient everywhere.
 *
 * @param image embeddings of the generated images, float32 [N, D]; lengths do not matter.
 * @param text embeddings of their texts, float32 [N, D].
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], in [0, π²].
 * @throws ShapeError when the shapes differ; OptionError for an unknown reduction.
 * @source Sauer et al., "StyleGAN-T" (2023).
 */
export function sphericalGuidance<R extends Reduction = 'mean'>(
  image: tf.Tensor,
  text: tf.Tensor,
  reduction?: R,
): Reduced<R> {
  checkEmbeddings('sphericalGuidance', image, text, reduction);
  return tf.tidy(() => {
    const a = directions(image);
    const b = directions(text);
    const angle = tf.mul(2, tf.atan2(lengths(tf.sub(a, b)), lengths(tf.add(a, b))));
    return meanOf(tf.square(angle), reduction);
  });
}

function checkEmbeddings(
  where: string,
  image: tf.Tensor,
  text: tf.Tensor,
  reduction: Reduction | undefined,
): void {
  checkFloat(where, 'image', image, [2], 'embeddings [N, D]');
  checkSameShape(where, 'image', image, 'text', text);
  checkReduction(where, reduction, 'image', image);
}
