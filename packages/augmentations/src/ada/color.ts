import type { Stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { perSample } from '../augmentation.js';
import { gate } from './gate.js';

/** What happens to the colors of one image, in this order. */
export interface Color {
  /** Added to all channels. */
  brightness: number;
  /** Multiplies all channels. */
  contrast: number;
  /** Whether light and dark change places, the hue staying. */
  lumaFlip: boolean;
  /** Radians around the axis of greys. */
  hue: number;
  /** Multiplies the distance from grey. */
  saturation: number;
}

/** Color transformations of appendix B for a batch. */
export function drawColor(stream: Stream, n: number, p: number): Color[] {
  const draw = (name: string, f: (stream: Stream) => Float32Array, neutral?: number) =>
    gate(stream, name, n, p, f, neutral);
  const brightness = draw('brightness', (s) => s.normal(n, 0, 0.2));
  const contrast = draw('contrast', (s) => s.normal(n, 0, 0.5).map((x) => 2 ** x), 1);
  const lumaFlip = draw('lumaFlip', (s) => s.mask(n, 0.5));
  const hue = draw('hue', (s) => s.uniform(n, -Math.PI, Math.PI));
  const saturation = draw('saturation', (s) => s.normal(n).map((x) => 2 ** x), 1);
  return Array.from({ length: n }, (_, i) => ({
    brightness: brightness[i]!,
    contrast: contrast[i]!,
    lumaFlip: lumaFlip[i]! > 0,
    hue: hue[i]!,
    saturation: saturation[i]!,
  }));
}

/**
 * The product of all five steps. With v = (1, 1, 1)/√3 the parts along v (grey) and across (chroma) transform on their
 * own:
 *
 *     M = l c vvᵀ + s c R(hue) (I - vvᵀ),   offset = l c brightness,   l = -1 when flipped, else 1
 *
 * @returns `grey` = l c, what M does to a grey pixel, and M's nine entries, row by row.
 */
export function colorMatrix({ contrast, lumaFlip, hue, saturation }: Color): {
  grey: number;
  matrix: number[];
} {
  const grey = lumaFlip ? -contrast : contrast;
  const chroma = contrast * saturation;
  // R (I - vvᵀ) = cos (I - vvᵀ) + sin [v]×, by Rodrigues; like vvᵀ it is circulant.
  const cos = (chroma * Math.cos(hue)) / 3;
  const sin = (chroma * Math.sin(hue)) / Math.sqrt(3);
  const same = grey / 3 + 2 * cos;
  const next = grey / 3 - cos - sin;
  const last = grey / 3 - cos + sin;
  return { grey, matrix: [same, next, last, last, same, next, next, last, same] };
}

/**
 * Transforms the colors of each image.
 *
 *     pixel ← M pixel + offset
 *
 * @param images float32 [N, H, W, C], C = 3, or C = 1 of grey pixels.
 * @param colors one a sample.
 * @returns float32 [N, H, W, C].
 */
export function transformColor(images: tf.Tensor4D, colors: readonly Color[]): tf.Tensor4D {
  const [batch, height, width, channels] = images.shape;
  const maps = colors.map(colorMatrix);
  return tf.tidy(() => {
    const offset = perSample(maps.map(({ grey }, i) => grey * colors[i]!.brightness));
    if (channels === 1) {
      return tf.add(tf.mul(images, perSample(maps.map(({ grey }) => grey))), offset);
    }
    const matrices = tf.tensor3d(
      maps.flatMap(({ matrix }) => matrix),
      [batch, 3, 3],
    );
    const pixels: tf.Tensor3D = tf.reshape(images, [batch, height * width, 3]);
    const turned: tf.Tensor4D = tf.reshape(tf.matMul(pixels, matrices, false, true), images.shape);
    return tf.add(turned, offset);
  });
}
