import { checkOption, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { checkFloat, checkLabels, checkReduction, checkSameShape } from '../checks.js';
import { directions } from '../directions.js';
import { meanOfSums, type Reduced, type Reduction } from '../reduction.js';

/** What both halves of DAMSM may be told about the batch. */
export interface MatchingOptions {
  /** γ₃ > 0, the sharpness of the matching posterior. Default 10. */
  gamma3?: number;
  /**
   * int32 [N]. Where a caption comes from another image of the same class, that pair is left out of the posterior:
   * it is neither right nor wrong.
   */
  classes?: tf.Tensor;
}

/** The sharpness of the attention of words to image regions. */
export interface WordMatchingOptions extends MatchingOptions {
  /** γ₁ > 0, how much attention a word's best regions draw. Default 4. */
  gamma1?: number;
  /** γ₂ > 0, how much the best words count in the score of a sentence. Default 5. */
  gamma2?: number;
  /** float32 [N, T]: 1 for words, 0 for padding. Default: all words. */
  mask?: tf.Tensor;
}

/**
 * DAMSM's word loss: how well do the regions of each image answer to the words of each caption of the batch?
 *
 *     s̄ = softmax_words(wordsᵢ · regionsⱼ),   α = softmax_regions(γ₁ s̄),   c = Σ_regions α region
 *     R_ij = 1/γ₂ log Σ_words exp(γ₂ cos(c, word)),   loss = matching posterior of γ₃ R, both ways
 *
 * The authors' code leaves out 1/γ₂: give γ₂ γ₃ as gamma3 for its numbers.
 *
 * @param regions float32 [N, R, D] or [N, H, W, D]: features of image regions.
 * @param words float32 [N, T, D]: features of the words of each image's caption.
 * @param options see WordMatchingOptions.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0: L₁ʷ + L₂ʷ, each a mean over the batch.
 * @throws ShapeError when the shapes do not fit; OptionError for a γ that is not positive or an unknown reduction.
 * @source Xu et al., "AttnGAN" (2018), equations 7 to 12.
 */
export function wordMatching<R extends Reduction = 'mean'>(
  regions: tf.Tensor,
  words: tf.Tensor,
  { gamma1 = 4, gamma2 = 5, gamma3 = 10, mask, classes }: WordMatchingOptions = {},
  reduction?: R,
): Reduced<R> {
  const where = 'wordMatching';
  for (const [name, value] of Object.entries({ gamma1, gamma2, gamma3 })) {
    checkOption(where, name, value, 1e-6);
  }
  checkFloat(where, 'regions', regions, [3, 4], 'regions [N, R, D] or [N, H, W, D]');
  checkReduction(where, reduction, 'regions', regions);
  checkFloat(where, 'words', words, [3], 'words [N, T, D]');
  const [n, t, d] = words.shape as [number, number, number];
  if (regions.shape[0] !== n || regions.shape[regions.rank - 1] !== d) {
    throw new ShapeError(
      where,
      `regions [${regions.shape}] and words [${words.shape}]`,
      'equal batch sizes and feature sizes',
      'Project both into one space first.',
    );
  }
  if (mask && (mask.shape[0] !== n || mask.size !== n * t)) {
    throw new ShapeError(
      where,
      `mask [${mask.shape}] for words [${words.shape}]`,
      `[${n}, ${t}]`,
      'Give 1 for each word and 0 for each padded place.',
    );
  }
  return tf.tidy(() => {
    const present = mask ? tf.reshape(tf.cast(mask, 'float32'), [n, t]) : tf.ones([n, t]);
    const flat = tf.reshape(regions, [n, -1, d]);
    const columns = tf
      .unstack(words)
      .map((caption, i) => captionScores(flat, caption, tf.slice(present, [i, 0], [1, t]), gamma1, gamma2));
    return matchingLoss(where, tf.stack(columns, 1), gamma3, classes, reduction);
  });
}

/**
 * DAMSM's sentence loss: the same posterior for whole images and whole captions.
 *
 *     R_ij = cos(imageⱼ, sentenceᵢ),   loss = matching posterior of γ₃ R, both ways
 *
 * @param images float32 [N, D]: features of whole images.
 * @param sentences float32 [N, D]: features of their captions.
 * @param options see MatchingOptions.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0: L₁ˢ + L₂ˢ, each a mean over the batch.
 * @throws ShapeError when the shapes do not fit; OptionError for a γ that is not positive or an unknown reduction.
 * @source Xu et al., "AttnGAN" (2018), equations 11 and 12 with sentence vectors.
 */
export function sentenceMatching<R extends Reduction = 'mean'>(
  images: tf.Tensor,
  sentences: tf.Tensor,
  { gamma3 = 10, classes }: MatchingOptions = {},
  reduction?: R,
): Reduced<R> {
  const where = 'sentenceMatching';
  checkOption(where, 'gamma3', gamma3, 1e-6);
  checkFloat(where, 'images', images, [2], 'images [N, D]');
  checkSameShape(where, 'images', images, 'sentences', sentences);
  checkReduction(where, reduction, 'images', images);
  return tf.tidy(() => {
    const scores = tf.matMul(
      directions(images) as tf.Tensor2D,
      directions(sentences) as tf.Tensor2D,
      false,
      true,
    );
    return matchingLoss(where, scores, gamma3, classes, reduction);
  });
}

/** R of every image with one caption [T, D]: [N]. Padded words neither draw attention nor count. */
function captionScores(
  regions: tf.Tensor,
  caption: tf.Tensor,
  present: tf.Tensor,
  gamma1: number,
  gamma2: number,
): tf.Tensor {
  const [n, r, d] = regions.shape as [number, number, number];
  const t = caption.shape[0]!;
  // -1e9 in place of a padded word's logit: its exponential is exactly 0, and no infinity meets another.
  const absent = tf.mul(tf.sub(1, present), -1e9);
  const products = tf.reshape(
    tf.matMul(tf.reshape(regions, [n * r, d]), caption as tf.Tensor2D, false, true),
    [n, r, t],
  );
  const normalized = tf.softmax(tf.add(products, tf.reshape(absent, [1, 1, t])), 2);
  const attention = tf.softmax(tf.mul(gamma1, tf.transpose(normalized, [0, 2, 1])), 2);
  const contexts = tf.matMul(attention, regions);
  const cosines = tf.sum(tf.mul(directions(contexts), directions(tf.expandDims(caption, 0))), 2);
  return tf.div(tf.logSumExp(tf.add(tf.mul(gamma2, cosines), absent), 1), gamma2);
}

/** Cross entropy of the diagonal of γ₃ scores [images, captions], over captions and over images. */
function matchingLoss<R extends Reduction>(
  where: string,
  scores: tf.Tensor,
  gamma3: number,
  classes: tf.Tensor | undefined,
  reduction: R | undefined,
): Reduced<R> {
  const n = scores.shape[0]!;
  const diagonal = tf.eye(n);
  let logits: tf.Tensor = tf.mul(gamma3, scores);
  if (classes) {
    checkLabels(where, 'classes', classes, n);
    const same = tf.cast(tf.equal(tf.reshape(classes, [n, 1]), tf.reshape(classes, [1, n])), 'float32');
    logits = tf.add(logits, tf.mul(-1e9, tf.sub(same, diagonal)));
  }
  const right = (rows: tf.Tensor) => tf.mul(diagonal, tf.logSoftmax(rows));
  return meanOfSums([right(logits), right(tf.transpose(logits))], -1, reduction);
}
