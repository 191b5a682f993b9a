import * as tf from '@tensorflow/tfjs';
import { checkFloat, checkSameShape } from '../checks.js';

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
 * @returns a scalar >= 0, summed over dimensions, averaged over the batch.
 * @throws ShapeError when the shapes differ.
 * @source Zhang et al., "StackGAN" (2017), equation 2; Kingma and Welling, "Auto-Encoding Variational Bayes" (2014),
 * appendix B.
 */
export function gaussianKl(mean: tf.Tensor, logVariance: tf.Tensor): tf.Scalar {
  checkFloat('gaussianKl', 'mean', mean, [2], 'means [N, D]');
  checkSameShape('gaussianKl', 'mean', mean, 'logVariance', logVariance);
  return tf.tidy(() => {
    const squares = tf.add(tf.square(mean), tf.exp(logVariance));
    const terms = tf.sub(tf.sub(squares, logVariance), 1);
    return tf.div<tf.Scalar>(tf.sum(terms), 2 * mean.shape[0]!);
  });
}
