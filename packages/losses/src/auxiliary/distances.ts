import { checkOption } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { absolute } from '../absolute.js';
import { checkReduction, checkSameShape } from '../checks.js';
import { meanOf, type Reduced, type Reduction } from '../reduction.js';

/**
 * Mean absolute error.
 *
 *     mean |prediction - target|
 *
 * @param prediction float32 of any shape.
 * @param target the same shape.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0: the mean over all elements; the gradient is 0 where both are equal.
 * @throws ShapeError when the shapes differ; OptionError for an unknown reduction.
 * @source Isola et al., "Image-to-Image Translation with Conditional Adversarial Networks" (2017), equation 3.
 */
export function l1<R extends Reduction = 'mean'>(
  prediction: tf.Tensor,
  target: tf.Tensor,
  reduction?: R,
): Reduced<R> {
  checkSameShape('l1', 'prediction', prediction, 'target', target);
  checkReduction('l1', reduction, 'prediction', prediction);
  return tf.tidy(() => meanOf(absolute(tf.sub(prediction, target)), reduction));
}

/**
 * Mean squared error.
 *
 *     mean (prediction - target)²
 *
 * @param prediction float32 of any shape.
 * @param target the same shape.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0: the mean over all elements.
 * @throws ShapeError when the shapes differ; OptionError for an unknown reduction.
 * @source Ledig et al., "Photo-Realistic Single Image Super-Resolution Using a GAN" (2017), equation 4.
 */
export function l2<R extends Reduction = 'mean'>(
  prediction: tf.Tensor,
  target: tf.Tensor,
  reduction?: R,
): Reduced<R> {
  checkSameShape('l2', 'prediction', prediction, 'target', target);
  checkReduction('l2', reduction, 'prediction', prediction);
  return tf.tidy(() => meanOf(tf.square(tf.sub(prediction, target)), reduction));
}

/**
 * Charbonnier loss: the absolute error, smooth around zero.
 *
 *     mean √((prediction - target)² + epsilon²)
 *
 * @param prediction float32 of any shape.
 * @param target the same shape.
 * @param epsilon ε > 0, the width of the smooth region. Default 1e-3.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= epsilon: the mean over all elements.
 * @throws ShapeError when the shapes differ; OptionError when epsilon is not positive or for an unknown reduction.
 * @source Lai et al., "Deep Laplacian Pyramid Networks for Fast and Accurate Super-Resolution" (2017).
 */
export function charbonnier<R extends Reduction = 'mean'>(
  prediction: tf.Tensor,
  target: tf.Tensor,
  epsilon = 1e-3,
  reduction?: R,
): Reduced<R> {
  checkSameShape('charbonnier', 'prediction', prediction, 'target', target);
  checkReduction('charbonnier', reduction, 'prediction', prediction);
  checkOption('charbonnier', 'epsilon', epsilon, 1e-12);
  return tf.tidy(() =>
    meanOf(tf.sqrt(tf.add(tf.square(tf.sub(prediction, target)), epsilon ** 2)), reduction),
  );
}
