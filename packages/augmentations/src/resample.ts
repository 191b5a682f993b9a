import * as tf from '@tensorflow/tfjs';

/** One source pixel of every output pixel: its number among all pixels of the batch, and its weight. */
interface Tap {
  readonly pixels: Int32Array;
  readonly weights: Float32Array;
}

/** Where an output pixel (x, y) of sample n is read, in input pixels; the first pixel's centre is at 0. */
export type Place = (n: number, x: number, y: number) => readonly [x: number, y: number];

/** Turns any whole place along an axis into one in 0 … size-1, or into -1, which reads as zero. */
export type Border = (i: number, size: number) => number;

/** Outside lies the mirror image; the edge pixels are not repeated. */
export const reflected: Border = (i, size) => {
  const folded = repeated(i, 2 * (size - 1));
  return folded < size ? folded : 2 * (size - 1) - folded;
};

/** Outside lies the image again. */
export const repeated: Border = (i, size) => ((i % size) + size) % size;

/** Outside lies nothing. */
export const zeros: Border = (i, size) => (i >= 0 && i < size ? i : -1);

/**
 * Reads images at places between pixels, from the four around each.
 *
 *     out[n, y, x] = Σ_{j,i} (1 - |v - j|)₊ (1 - |u - i|)₊ images[n, j, i],   (u, v) = place(n, x, y)
 *
 * @param images float32 [N, H, W, C].
 * @param size height and width of the output.
 * @param place where each output pixel is read.
 * @param border what lies outside.
 * @returns float32 [N, height, width, C].
 */
export function sampleBilinear(
  images: tf.Tensor4D,
  size: readonly [height: number, width: number],
  place: Place,
  border: Border,
): tf.Tensor4D {
  const corners = [0, 1].flatMap((down) => [0, 1].map((right) => ({ down, right })));
  return resample(
    images,
    size,
    corners.map(({ down, right }) =>
      tapAt(images.shape, size, border, (n, x, y) => {
        const [u, v] = place(n, x, y);
        const left = Math.floor(u);
        const top = Math.floor(v);
        const weight = (right ? u - left : 1 - u + left) * (down ? v - top : 1 - v + top);
        return [left + right, top + down, weight];
      }),
    ),
  );
}

/**
 * Reads images at the pixel nearest to each place.
 *
 *     out[n, y, x] = images[n, round v, round u],   (u, v) = place(n, x, y)
 *
 * @param images float32 [N, H, W, C].
 * @param place where each output pixel is read.
 * @param border what lies outside.
 * @returns float32 of the same shape.
 */
export function sampleNearest(images: tf.Tensor4D, place: Place, border: Border): tf.Tensor4D {
  const [, height, width] = images.shape;
  const tap = tapAt(images.shape, [height, width], border, (n, x, y) => {
    const [u, v] = place(n, x, y);
    return [Math.round(u), Math.round(v), 1];
  });
  return resample(images, [height, width], [tap]);
}

function tapAt(
  [batch, height, width]: readonly [number, number, number, number],
  [outHeight, outWidth]: readonly [number, number],
  border: Border,
  source: (n: number, x: number, y: number) => readonly [x: number, y: number, weight: number],
): Tap {
  const count = batch * outHeight * outWidth;
  const pixels = new Int32Array(count);
  const weights = new Float32Array(count);
  let r = 0;
  for (let n = 0; n < batch; n++) {
    for (let outY = 0; outY < outHeight; outY++) {
      for (let outX = 0; outX < outWidth; outX++, r++) {
        const [sourceX, sourceY, weight] = source(n, outX, outY);
        const x = border(sourceX, width);
        const y = border(sourceY, height);
        if (x < 0 || y < 0) continue;
        pixels[r] = (n * height + y) * width + x;
        weights[r] = weight;
      }
    }
  }
  return { pixels, weights };
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
