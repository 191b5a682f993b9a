import { checkOption } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { checkFloat, checkReduction, checkSameShape } from '../checks.js';
import { meanOfSums, type Reduced, type Reduction } from '../reduction.js';
import { classification } from './classification.js';

/**
 * InfoGAN's term for a categorical code with K equally likely values. Minimised by G, Q and their shared trunk, on
 * fakes only.
 *
 *     -(log K + mean_n log softmax(logits_n)[codes_n])
 *
 * Its negative is a lower bound, in nats, of the mutual information of code and image: about 0 at first, log K at best.
 *
 * @param logits Q's output, float32 [N, K], no softmax applied.
 * @param codes the codes that made the images, int32 [N].
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= -log K.
 * @throws ShapeError for other shapes or dtypes; OptionError for an unknown reduction.
 * @source Chen et al., "InfoGAN" (2016), equation 5.
 */
export function categoricalInformation<R extends Reduction = 'mean'>(
  logits: tf.Tensor,
  codes: tf.Tensor,
  reduction?: R,
): Reduced<R> {
  return tf.tidy(() => tf.sub(classification(logits, codes, reduction), Math.log(logits.shape[1]!)));
}

/** How a continuous code was drawn, and how sure Q is of it. */
export interface GaussianInformationOptions {
  /** log σ² of Q, float32 [N, D]. Default: σ = 1 everywhere, as in the authors' code. */
  logVariance?: tf.Tensor;
  /** The entropy of one dimension of the prior, in nats. Default log 2, that of the uniform code in [-1, 1]. */
  priorEntropy?: number;
}

/**
 * InfoGAN's term for continuous codes with a factored Gaussian Q. Minimised by G, Q and their shared trunk, on fakes
 * only.
 *
 *     mean_n Σ_d ½ ((c - μ)² / σ² + log σ² + log 2π) - D · priorEntropy
 *
 * Its negative is a lower bound, in nats, of the mutual information of codes and image.
 *
 * @param codes the codes that made the images, float32 [N, D].
 * @param mean Q's means μ, float32 [N, D].
 * @param options see GaussianInformationOptions.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N]: summed over the code's dimensions, averaged over the batch.
 * @throws ShapeError when the shapes differ; OptionError for an entropy that is not finite or an unknown reduction.
 * @source Chen et al., "InfoGAN" (2016), equation 5 and section 6.
 */
export function gaussianInformation<R extends Reduction = 'mean'>(
  codes: tf.Tensor,
  mean: tf.Tensor,
  { logVariance, priorEntropy = Math.LN2 }: GaussianInformationOptions = {},
  reduction?: R,
): Reduced<R> {
  const where = 'gaussianInformation';
  checkFloat(where, 'codes', codes, [2], 'codes [N, D]');
  checkSameShape(where, 'codes', codes, 'mean', mean);
  if (logVariance) checkSameShape(where, 'codes', codes, 'logVariance', logVariance);
  checkOption(where, 'priorEntropy', priorEntropy);
  checkReduction(where, reduction, 'codes', codes);
  const dimensions = codes.shape[1]!;
  return tf.tidy(() => {
    const squares = tf.square(tf.sub(codes, mean));
    const scaled = logVariance ? tf.add(tf.mul(squares, tf.exp(tf.neg(logVariance))), logVariance) : squares;
    const halved = meanOfSums([scaled], 2, reduction);
    return tf.add(halved, dimensions * (0.5 * Math.log(2 * Math.PI) - priorEntropy));
  });
}
