import * as tf from '@tensorflow/tfjs';
import { type FirFilter, upfirdn2d } from './upfirdn2d.js';

/** Options of {@link filteredLeakyRelu}. */
export interface FilteredLeakyReluOptions {
  /** Low-pass filter of the upsampling, used as it is. */
  upFilter: FirFilter;
  /** Low-pass filter of the downsampling, used as it is. */
  downFilter: FirFilter;
  /** Upsampling factor before the nonlinearity. */
  up: number;
  /** Downsampling factor after it. */
  down: number;
  /** Samples added (or cropped, if negative) before and after each axis, counted after upsampling. */
  padding: readonly [before: number, after: number];
  /** Slope of the leaky ReLU for negative inputs. Default 0.2. */
  slope?: number;
  /** Gain of the leaky ReLU. Default √2. */
  gain?: number;
  /** Limits the magnitude after the gain; null for no limit. Default 256. */
  clamp?: number | null;
}

/**
 * The alias-free nonlinearity: upsample and low-pass (gain up²), leaky ReLU at the higher rate, low-pass and
 * downsample, so that the new frequencies that a kink makes are removed before they fold back.
 *
 * A critic with a gradient penalty that uses it needs `enableHigherOrderGradients()` of `@ganjs/autodiff` for
 * the leaky ReLU's second derivative.
 *
 * @param x float32 [batch, height, width, channels], bias already added.
 * @returns [batch, h, w, channels], h = ⌊(height·up + before + after - n_up - n_down + 1) / down⌋ + 1.
 * @throws LayerShapeError when the filters are longer than the padded image.
 * @source Karras et al., Alias-free GAN (2021), figure 4b and section 3.2.
 */
export function filteredLeakyRelu(
  x: tf.Tensor4D,
  {
    upFilter,
    downFilter,
    up,
    down,
    padding,
    slope = 0.2,
    gain = Math.SQRT2,
    clamp = 256,
  }: FilteredLeakyReluOptions,
): tf.Tensor4D {
  const high = upfirdn2d(x, upFilter, { up, padding, gain: up * up });
  const bent = tf.mul<tf.Tensor4D>(tf.leakyRelu(high, slope), gain);
  const limited = clamp === null ? bent : tf.clipByValue(bent, -clamp, clamp);
  return upfirdn2d(limited, downFilter, { down });
}
