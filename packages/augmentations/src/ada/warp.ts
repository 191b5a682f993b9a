import * as tf from '@tensorflow/tfjs';
import { type Affine, aroundCentre, product, scaling, translation } from '../affine.js';
import { reflected, repeated, sampleBilinear } from '../resample.js';

/**
 * The low-pass filter of the wavelet sym6 (Daubechies' least asymmetric, six vanishing moments). Its translates by 2
 * are orthonormal, so that downsampling undoes upsampling exactly.
 */
const SYM6 = [
  0.015404109327027373, 0.0034907120842174702, -0.11799011114819057, -0.048311742585633, 0.4910559419267466,
  0.787641141030194, 0.3379294217276218, -0.07263752278646252, -0.021060292512300564, 0.04472490177066578,
  0.0017677118642428036, -0.007800708325034148,
];

/** Where the filter puts a smooth signal: its centre of mass, in samples of the doubled resolution. */
const DELAY = SYM6.reduce((sum, g, k) => sum + g * k, 0) / Math.SQRT2;

/**
 * Warps images by affine maps without aliasing: doubles the resolution with sym6, reads bilinearly, halves it with the
 * same filter. Outside the image lies its mirror image, as often as needed.
 *
 *     out = D · B · U · images,   U = √2 Σ_j g[i - 2j] x[j],   D = Uᵀ / 2 without the mirror
 *
 * @param images float32 [N, H, W, C].
 * @param inverses one a sample: from places in the output to places in the input, around the image's centre, in pixels.
 * @returns float32 [N, H, W, C].
 * @source Karras et al., "Training Generative Adversarial Networks with Limited Data" (2020), appendix B.
 */
export function warp(images: tf.Tensor4D, inverses: readonly Affine[]): tf.Tensor4D {
  const [, height, width] = images.shape;
  const fine = [doubledSize(height), doubledSize(width)] as const;
  // The same maps in samples of the doubled resolution: sample i lies at the pixel place (i - DELAY) / 2.
  const maps = inverses.map((inverse) =>
    product(
      translation(DELAY, DELAY),
      scaling(2, 2),
      aroundCentre(inverse, height, width),
      scaling(0.5, 0.5),
      translation(-DELAY, -DELAY),
    ),
  );
  return tf.tidy(() => {
    const doubled = alongAxes(images, upsampling(height), upsampling(width));
    const moved = sampleBilinear(doubled, fine, maps, repeated);
    return alongAxes(moved, downsampling(height), downsampling(width));
  });
}

/** Samples of the doubled resolution that the filter needs for `size` output pixels. */
function doubledSize(size: number): number {
  return 2 * (size - 1) + SYM6.length;
}

/** One period of the doubled mirror-extended signal, as a matrix [4 (size - 1), size]. */
function upsampling(size: number): tf.Tensor2D {
  const period = 4 * (size - 1);
  const matrix = tf.buffer<tf.Rank.R2>([period, size]);
  for (let j = 0; j < 2 * (size - 1); j++) {
    for (const [k, g] of SYM6.entries()) {
      const i = repeated(2 * j + k, period);
      const source = reflected(j, size);
      matrix.set(matrix.get(i, source) + Math.SQRT2 * g, i, source);
    }
  }
  return matrix.toTensor();
}

/** The matrix [size, 2 size + 10] that filters and keeps every other sample. */
function downsampling(size: number): tf.Tensor2D {
  const matrix = tf.buffer<tf.Rank.R2>([size, doubledSize(size)]);
  for (let j = 0; j < size; j++) {
    for (const [k, g] of SYM6.entries()) matrix.set(g / Math.SQRT2, j, 2 * j + k);
  }
  return matrix.toTensor();
}

/** Applies one matrix to the columns and one to the rows of images: large products in place of small convolutions. */
function alongAxes(images: tf.Tensor4D, vertical: tf.Tensor2D, horizontal: tf.Tensor2D): tf.Tensor4D {
  const [batch, height, width, channels] = images.shape;
  const [outHeight, outWidth] = [vertical.shape[0], horizontal.shape[0]];
  const columns = tf.reshape(tf.transpose(images, [0, 2, 3, 1]), [batch * width * channels, height]);
  const tall = tf.reshape(tf.matMul(columns, vertical, false, true), [batch, width, channels, outHeight]);
  const rows = tf.reshape(tf.transpose(tall, [0, 3, 2, 1]), [batch * outHeight * channels, width]);
  const wide = tf.reshape(tf.matMul(rows, horizontal, false, true), [batch, outHeight, channels, outWidth]);
  return tf.transpose<tf.Tensor4D>(wide as tf.Tensor4D, [0, 1, 3, 2]);
}
