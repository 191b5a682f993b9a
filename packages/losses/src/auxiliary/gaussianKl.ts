import * as tf from '@tensorflow/tfjs';
import { checkFloat, checkReduction, checkSameShape } from '../checks.js';
import { meanOfSums, type Reduced, type Reduction } from '../reduction.js';

/**
 * The divergence of a diagonal Gaussian from the standard normal: the term that keeps conditioning augmentation smooth
 * (StackGAN, AttnGAN), and the latent term of a VAE.
 *
 *     mean_n -½ Σ_d (1 + log σ² - μ² - σ²)
 *
 * The public code of StackGAN and AttnGAN averages over the D dimensions: divide by D for their weights 2 and 1.
 *
 * @param mean μ, float32 [N, D].
 * @param logVariance log σ², float32 [N, D].
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0: summed over dimensions, averaged over the batch.
 * @throws ShapeError when the shapes differ; OptionError for an unknown reduction.
 * @source Zhang et al., "StackGAN" (2017), equation 2; Kingma and Welling, "Auto-Encoding Variational Bayes" (2014),
 * appendix B.
 */
export function gaussianKl<R extends Reduction = 'mean'>(
  mean: tf.Tensor,
  logVariance: tf.Tensor,
  reduction?: R,
): Reduced<R> {
  checkFloat('gaussianKl', 'mean', mean, [2], 'means [N, D]');
  checkSameShape('gaussianKl', 'mean', mean, 'logVariance', logVariance);
  checkReduction('gaussianKl', reduction, 'mean', mean);
  return tf.tidy(() => {
    const squares = tf.add(tf.square(mean), tf.exp(logVariance));
    const terms = tf.sub(tf.sub(squares, logVariance), 1);
    return meanOfSums([terms], 2, reduction);
  });
}
