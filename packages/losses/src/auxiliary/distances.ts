import * as tf from '@tensorflow/tfjs';
import { absolute } from '../absolute.js';
import { checkOption, checkSameShape } from '../checks.js';

/**
 * Mean absolute error.
 *
 *     mean |prediction - target|
 *
 * @param prediction float32 of any shape.
 * @param target the same shape.
 * @returns a scalar >= 0, the mean over all elements; the gradient is 0 where both are equal.
 * @throws ShapeError when the shapes differ.
 * @source Isola et al., "Image-to-Image Translation with Conditional Adversarial Networks" (2017), equation 3.
 */
export function l1(prediction: tf.Tensor, target: tf.Tensor): tf.Scalar {
  checkSameShape('l1', 'prediction', prediction, 'target', target);
  return tf.tidy(() => tf.mean<tf.Scalar>(absolute(tf.sub(prediction, target))));
}

/**
 * Mean squared error.
 *
 *     mean (prediction - target)²
 *
 * @param prediction float32 of any shape.
 * @param target the same shape.
 * @returns a scalar >= 0, the mean over all elements.
 * @throws ShapeError when the shapes differ.
 * @source Ledig et al., "Photo-Realistic Single Image Super-Resolution Using a GAN" (2017), equation 4.
 */
export function l2(prediction: tf.Tensor, target: tf.Tensor): tf.Scalar {
  checkSameShape('l2', 'prediction', prediction, 'target', target);
  return tf.tidy(() => tf.mean<tf.Scalar>(tf.square(tf.sub(prediction, target))));
}

/**
 * Charbonnier loss: the absolute error, smooth around zero.
 *
 *     mean √((prediction - target)² + epsilon²)
 *
 * @param prediction float32 of any shape.
 * @param target the same shape.
 * @param epsilon ε > 0, the width of the smooth region. Default 1e-3.
 * @returns a scalar >= epsilon, the mean over all elements.
 * @throws ShapeError when the shapes differ; OptionError when epsilon is not positive.
 * @source Lai et al., "Deep Laplacian Pyramid Networks for Fast and Accurate Super-Resolution" (2017).
 */
export function charbonnier(prediction: tf.Tensor, target: tf.Tensor, epsilon = 1e-3): tf.Scalar {
  checkSameShape('charbonnier', 'prediction', prediction, 'target', target);
  checkOption('charbonnier', 'epsilon', epsilon, 1e-12);
  return tf.tidy(() =>
    tf.mean<tf.Scalar>(tf.sqrt(tf.add(tf.square(tf.sub(prediction, target)), epsilon ** 2))),
  );
}
