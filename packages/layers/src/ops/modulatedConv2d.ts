import * as tf from '@tensorflow/tfjs';
import { LayerShapeError } from '../errors.js';
import { type ResampledConvOptions, resampledConv2d } from './resampledConv2d.js';

/** Options of {@link modulatedConv2d}. */
export interface ModulatedConvOptions extends ResampledConvOptions {
  /** Divide each output map by the norm of its modulated kernel. Default true. */
  demodulate?: boolean;
  /** Added under the root of the norm. Default 1e-8. */
  epsilon?: number;
}

/**
 * Weight-modulated convolution: with styles s, the kernel of sample n is w'[k,i,o] = s[n,i] · w[k,i,o], and
 * demodulation divides it by d = √(Σ_{k,i} w'² + ε).
 *
 * It is computed as conv(x ⊙ s, w) / d, which equals the paper's grouped convolution with per-sample
 * kernels, and which keeps the styles out of the kernel, where path-length regularization needs a gradient.
 *
 * @param x float32 [batch, height, width, in].
 * @param kernel float32 [k, k, in, out], k odd.
 * @param styles float32 [batch, in].
 * @returns float32 [batch, h, w, out], h and w as in `resampledConv2d`.
 * @throws LayerShapeError when the channels of the three do not agree.
 * @source Karras et al., StyleGAN2 (2020), equations 1 to 3.
 */
export function modulatedConv2d(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  styles: tf.Tensor2D,
  { demodulate = true, epsilon = 1e-8, ...convolution }: ModulatedConvOptions = {},
): tf.Tensor4D {
  const [batch, , , channels] = x.shape;
  const [, , inputs, outputs] = kernel.shape;
  if (channels !== inputs || styles.shape[0] !== batch || styles.shape[1] !== inputs)
    throw new LayerShapeError(
      'modulatedConv2d',
      'x [batch, height, width, in], kernel [k, k, in, out] and styles [batch, in]',
      [x.shape, kernel.shape, styles.shape],
    );
  const y = resampledConv2d(tf.mul(x, styles.reshape([batch, 1, 1, inputs])), kernel, convolution);
  if (!demodulate) return y;
  const power = tf.matMul(tf.square(styles), tf.sum(tf.square(kernel), [0, 1]));
  return tf.mul(y, tf.rsqrt(tf.add(power, epsilon)).reshape([batch, 1, 1, outputs]));
}
