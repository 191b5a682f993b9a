import * as tf from '@tensorflow/tfjs';
import {
  downsamplePadding,
  type FirFilter,
  normalizeFilter,
  upfirdn2d,
  upsamplePadding,
} from './upfirdn2d.js';

/** Doubles (`'up'`) or halves (`'down'`) the image, or keeps its size (`'none'`). */
export type Resample = 'none' | 'up' | 'down';

/** Options of {@link resampledConv2d}. */
export interface ResampledConvOptions {
  /** Resampling by 2 that is fused with the convolution. Default `'none'`. */
  resample?: Resample;
  /** Low-pass filter of the resampling; normalized to sum 1 here. Default [1, 3, 3, 1]. */
  filter?: FirFilter;
  /** Zero padding of the convolution on each side. Default: half the kernel, which keeps the size. */
  padding?: number;
}

/**
 * A convolution fused with FIR resampling by 2, with zero padding applied once:
 * `'up'` = transposed convolution with stride 2, then the filter with gain 4;
 * `'down'` = the filter, then a convolution with stride 2.
 *
 * @param x float32 [batch, height, width, in].
 * @param kernel float32 [k, k, in, out], k odd.
 * @returns [batch, f·height + 2·(padding - ⌊k/2⌋), ..., out] with f = 2, 1 or 1/2.
 * @source Karras et al., StyleGAN2 (2020), section B.
 */
export function resampledConv2d(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  { resample = 'none', filter = [1, 3, 3, 1], padding }: ResampledConvOptions = {},
): tf.Tensor4D {
  const size = kernel.shape[0];
  const pad = padding ?? Math.floor(size / 2);
  if (resample === 'none')
    return pad * 2 + 1 === size ? tf.conv2d(x, kernel, 1, 'same') : padded(x, kernel, pad);
  const low = normalizeFilter(filter);
  const n = low.length;
  if (resample === 'down') {
    const [before, after] = downsamplePadding(n, 2);
    if (size === 1 && pad === 0)
      return tf.conv2d(upfirdn2d(x, low, { down: 2, padding: [before, after] }), kernel, 1, 'valid');
    const blurred = upfirdn2d(x, low, { padding: [before + pad, after + pad] });
    return tf.conv2d(blurred, kernel, 2, 'valid');
  }
  const [before, after] = upsamplePadding(n, 2);
  if (size === 1 && pad === 0) {
    const narrow = tf.conv2d(x, kernel, 1, 'valid');
    return upfirdn2d(narrow, low, { up: 2, padding: [before, after], gain: 4 });
  }
  const [batch, height, width] = x.shape;
  const out: [number, number, number, number] = [
    batch,
    (height - 1) * 2 + size,
    (width - 1) * 2 + size,
    kernel.shape[3],
  ];
  const spread = tf.conv2dTranspose(x, tf.transpose(kernel, [0, 1, 3, 2]), out, 2, 'valid');
  // The transposed convolution already extends the image by size - 1 before and size - 2 after.
  return upfirdn2d(spread, low, { padding: [before + pad - (size - 1), after + pad - (size - 2)], gain: 4 });
}

function padded(x: tf.Tensor4D, kernel: tf.Tensor4D, pad: number): tf.Tensor4D {
  const sides: [number, number] = [pad, pad];
  return tf.conv2d(pad === 0 ? x : tf.pad(x, [[0, 0], sides, sides, [0, 0]]), kernel, 1, 'valid');
}
