import * as tf from '@tensorflow/tfjs';
import { checkFloat, checkOption, checkSameShape } from '../checks.js';
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
 * @returns a scalar >= -log K.
 * @throws ShapeError for other shapes or dtypes.
 * @source Chen et al., "InfoGAN" (2016), equation 5.
 */
export function categoricalInformation(logits: tf.Tensor, codes: tf.Tensor): tf.Scalar {
  return tf.tidy(() => tf.sub(classification(logits, codes), Math.log(logits.shape[1]!)));
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
 * @returns a scalar, summed over the code's dimensions, averaged over the batch.
 * @throws ShapeError when the shapes differ; OptionError for an entropy that is not finite.
 * @source Chen et al., "InfoGAN" (2016), equation 5 and section 6.
 */
export function gaussianInformation(
  codes: tf.Tensor,
  mean: tf.Tensor,
  { logVariance, priorEntropy = Math.LN2 }: GaussianInformationOptions = {},
): tf.Scalar {
  const where = 'gaussianInformation';
  checkFloat(where, 'codes', codes, [2], 'codes [N, D]');
  checkSameShape(where, 'codes', codes, 'mean', mean);
  if (logVariance) checkSameShape(where, 'codes', codes, 'logVariance', logVariance);
  checkOption(where, 'priorEntropy', priorEntropy);
  const [batch, dimensions] = codes.shape as [number, number];
  return tf.tidy(() => {
    const squares = tf.square(tf.sub(codes, mean));
    const scaled = logVariance ? tf.add(tf.mul(squares, tf.exp(tf.neg(logVariance))), logVariance) : squares;
    const halved = tf.div<tf.Scalar>(tf.sum(scaled), 2 * batch);
    return tf.add(halved, dimensions * (0.5 * Math.log(2 * Math.PI) - priorEntropy));
  });
}
