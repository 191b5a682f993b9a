import * as tf from '@tensorflow/tfjs';
import { checkFloat, checkLabels } from '../checks.js';

/**
 * Softmax cross entropy of class logits: ACGAN's L_C, to be added by both players, on reals and on fakes. MGAN's and
 * MAD-GAN's generator classifiers use the same.
 *
 *     -mean_n log softmax(logits_n)[labels_n]
 *
 * @param logits float32 [N, K], no softmax applied.
 * @param labels int32 [N], each in 0 … K-1.
 * @returns a scalar >= 0; log K for equal logits.
 * @throws ShapeError for other shapes or dtypes.
 * @source Odena, Olah, Shlens, "Conditional Image Synthesis with Auxiliary Classifier GANs" (2017), equation 3.
 */
export function classification(logits: tf.Tensor, labels: tf.Tensor): tf.Scalar {
  checkFloat('classification', 'logits', logits, [2], 'logits [N, K]');
  const [batch, classes] = logits.shape as [number, number];
  checkLabels('classification', 'labels', labels, batch);
  return tf.tidy(() => {
    const picked = tf.mul(tf.oneHot(labels as tf.Tensor1D, classes), tf.logSoftmax(logits));
    return tf.neg(tf.div<tf.Scalar>(tf.sum(picked), batch));
  });
}
