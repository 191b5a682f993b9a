import * as tf from '@tensorflow/tfjs';
import { checkFloat, checkLabels, checkReduction } from '../checks.js';
import { meanOfSums, type Reduced, type Reduction } from '../reduction.js';

/**
 * Softmax cross entropy of class logits: ACGAN's L_C, to be added by both players, on reals and on fakes. MGAN's and
 * MAD-GAN's generator classifiers use the same.
 *
 *     -mean_n log softmax(logits_n)[labels_n]
 *
 * @param logits float32 [N, K], no softmax applied.
 * @param labels int32 [N], each in 0 … K-1.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0; log K for equal logits.
 * @throws ShapeError for other shapes or dtypes; OptionError for an unknown reduction.
 * @source Odena, Olah, Shlens, "Conditional Image Synthesis with Auxiliary Classifier GANs" (2017), equation 3.
 */
export function classification<R extends Reduction = 'mean'>(
  logits: tf.Tensor,
  labels: tf.Tensor,
  reduction?: R,
): Reduced<R> {
  checkFloat('classification', 'logits', logits, [2], 'logits [N, K]');
  const [batch, classes] = logits.shape as [number, number];
  checkLabels('classification', 'labels', labels, batch);
  checkReduction('classification', reduction, 'logits', logits);
  return tf.tidy(() => {
    const picked = tf.mul(tf.oneHot(labels as tf.Tensor1D, classes), tf.logSoftmax(logits));
    return tf.neg(meanOfSums([picked], 1, reduction));
  });
}
