import * as tf from '@tensorflow/tfjs';
import type { Affine } from './affine.js';

/** One source pixel of every output pixel: its number among all pixels of the batch, and its weight. */
interface Tap {
  readonly pixels: Int32Array;
  readonly weights: Float32Array;
}

/** Turns any whole place along an axis into one in 0 … size-1. */
export type Border = (i: number, size: number) => number;

/** Outside lies the mirror image; the edge pixels are not repeated. */
export const reflected: Border = (i, size) => {
  const folded = repeated(i, 2 * (size - 1));
  return folded < size ? folded : 2 * (size - 1) - folded;
};

/** Outside lies the image again. */
export const repeated: Border = (i, size) => ((i % size) + size) % size;

/**
 * Reads images at places between pixels, from the four around each.
 *
 *     out[n, y, x] = Σ_{j,i} (1 - |v - j|)₊ (1 - |u - i|)₊ images[n, j, i],   (u, v) = mapsₙ(x, y)
 *
 * @param images float32 [N, H, W, C].
 * @param size height and width of the output.
 * @param maps one a sample: from places in the output to places in the input, in pixels, the first pixel's centre at 0.
 * @param border what lies outside.
 * @returns float32 [N, height, width, C].
 */
export function sampleBilinear(
  images: tf.Tensor4D,
  size: readonly [height: number, width: number],
  maps: readonly Affine[],
  border: Border,
): tf.Tensor4D {
  const [, height, width] = images.shape;
  const count = maps.length * size[0] * size[1];
  const [topLeft, topRight, bottomLeft, bottomRight] = [tap(count), tap(count), tap(count), tap(count)];
  forEachPlace(size, maps, (r, n, u, v) => {
    const left = Math.floor(u);
    const top = Math.floor(v);
    const fromLeft = u - left;
    const fromTop = v - top;
    const x0 = border(left, width);
    const x1 = border(left + 1, width);
    const y0 = n * height + border(top, height);
    const y1 = n * height + border(top + 1, height);
    topLeft.pixels[r] = y0 * width + x0;
    topRight.pixels[r] = y0 * width + x1;
    bottomLeft.pixels[r] = y1 * width + x0;
    bottomRight.pixels[r] = y1 * width + x1;
    topLeft.weights[r] = (1 - fromTop) * (1 - fromLeft);
    topRight.weights[r] = (1 - fromTop) * fromLeft;
    bottomLeft.weights[r] = fromTop * (1 - fromLeft);
    bottomRight.weights[r] = fromTop * fromLeft;
  });
  return resample(images, size, [topLeft, topRight, bottomLeft, bottomRight]);
}

/**
 * Reads images at the pixel nearest to each place.
 *
 *     out[n, y, x] = images[n, round v, round u],   (u, v) = mapsₙ(x, y)
 *
 * @param images float32 [N, H, W, C].
 * @param maps one a sample: from places in the output to places in the input, in pixels, the first pixel's centre at 0.
 * @param border what lies outside; without one, zeros.
 * @returns float32 of the same shape.
 */
export function sampleNearest(images: tf.Tensor4D, maps: readonly Affine[], border?: Border): tf.Tensor4D {
  const [, height, width] = images.shape;
  const { pixels, weights } = tap(images.size / images.shape[3]);
  forEachPlace([height, width], maps, (r, n, u, v) => {
    const x = border ? border(Math.round(u), width) : Math.round(u);
    const y = border ? border(Math.round(v), height) : Math.round(v);
    if (x < 0 || x >= width || y < 0 || y >= height) return;
    pixels[r] = (n * height + y) * width + x;
    weights[r] = 1;
  });
  return resample(images, [height, width], [{ pixels, weights }]);
}

function tap(count: number): Tap {
  return { pixels: new Int32Array(count), weights: new Float32Array(count) };
}

/** Calls `visit` with the number r of each output pixel, its sample, and the place (u, v) that it is read from. */
function forEachPlace(
  [height, width]: readonly [number, number],
  maps: readonly Affine[],
  visit: (r: number, n: number, u: number, v: number) => void,
): void {
  let r = 0;
  for (const [n, [a, b, c, d, e, f]] of maps.entries()) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) visit(r++, n, a * x + b * y + c, d * x + e * y + f);
    }
  }
}

/**
 * Every output pixel as a weighted sum of input pixels whose places are known beforehand. As a linear map it has an
 * exact derivative of every order: the derivative is the transposed map, and that one's is this.
 */
function resample(images: tf.Tensor4D, size: readonly [number, number], taps: readonly Tap[]): tf.Tensor4D {
  const [batch, height, width, channels] = images.shape;
  return tf.tidy(() => {
    const rows: tf.Tensor2D = tf.reshape(images, [batch * height * width, channels]);
    return tf.reshape<tf.Rank.R4>(gatherRows(rows, taps), [batch, ...size, channels]);
  });
}

/** [sources, C] to [targets, C]. */
function gatherRows(rows: tf.Tensor2D, taps: readonly Tap[]): tf.Tensor2D {
  const value = (x: tf.Tensor2D) =>
    taps.map(({ pixels, weights }) =>
      tf.mul<tf.Tensor2D>(tf.gather(x, tf.tensor1d(pixels, 'int32')), column(weights)),
    );
  return linear(rows, value, (dy) => scatterRows(dy, taps, rows.shape[0]));
}

/** The transpose of `gatherRows`: [targets, C] to [sources, C]. */
function scatterRows(rows: tf.Tensor2D, taps: readonly Tap[], sources: number): tf.Tensor2D {
  const value = (y: tf.Tensor2D) =>
    taps.map(({ pixels, weights }) => {
      const places = tf.tensor2d(pixels, [pixels.length, 1], 'int32');
      return tf.scatterND(places, tf.mul(y, column(weights)), [sources, rows.shape[1]]) as tf.Tensor2D;
    });
  return linear(rows, value, (dx) => gatherRows(dx, taps));
}

function linear(
  x: tf.Tensor2D,
  terms: (x: tf.Tensor2D) => tf.Tensor2D[],
  transposed: (dy: tf.Tensor2D) => tf.Tensor2D,
): tf.Tensor2D {
  const apply = tf.customGrad((input) => ({
    value: tf.addN(terms(input as tf.Tensor2D)),
    gradFunc: (dy: tf.Tensor2D) => transposed(dy),
  }));
  return apply(x);
}

function column(weights: Float32Array): tf.Tensor2D {
  return tf.tensor2d(weights, [weights.length, 1]);
}
