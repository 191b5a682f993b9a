import { OptionError, ShapeError } from '@ganjs/errors';

/** How to read the flat values of two images. */
export interface ImageOptions {
  /** [height, width, channels] */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** The span of the values: 255 for bytes, 1 for [0, 1], 2 for [-1, 1]. */
  readonly range: number;
}

/** The window of SSIM: 11 taps, deviation 1.5, summing to 1 in each direction. */
const WINDOW = (() => {
  const taps = Array.from({ length: 11 }, (_, i) => Math.exp(-((i - 5) ** 2) / (2 * 1.5 ** 2)));
  const sum = taps.reduce((a, b) => a + b, 0);
  return taps.map((tap) => tap / sum);
})();

/** The weights of the five scales (Wang et al., 2003). */
const SCALE_WEIGHTS = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

/**
 * Peak signal-to-noise ratio, in decibels: 10 log₁₀(range² / mean squared error). Infinite for equal images.
 *
 * @param a values [height, width, channels]
 * @param b values of the same shape
 * @throws ShapeError when the values do not fill the shape.
 * @throws OptionError when the range is not positive.
 */
export function psnr(a: ArrayLike<number>, b: ArrayLike<number>, options: ImageOptions): number {
  requireImages('psnr', a, b, options);
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += (a[i]! - b[i]!) ** 2;
  return 10 * Math.log10((options.range ** 2 * a.length) / squares);
}

/**
 * Structural similarity, the mean over channels and windows of
 *
 *   (2μₐμ_b + C₁)(2σ_ab + C₂) / ((μₐ² + μ_b² + C₁)(σₐ² + σ_b² + C₂)),  C₁ = (0.01·range)², C₂ = (0.03·range)²
 *
 * with Gaussian windows (11x11, deviation 1.5) that lie wholly inside the image and weighted population
 * moments. At most 1, for equal images. Values in [-1, 1] score differently from the same image in [0, 1],
 * because the means are signed; publications use [0, 1] or bytes.
 *
 * @param a values [height, width, channels], at least 11x11.
 * @param b values of the same shape
 * @throws ShapeError when the values do not fill the shape, or the image is smaller than a window.
 * @throws OptionError when the range is not positive.
 * @see Wang et al., "Image Quality Assessment: From Error Visibility to Structural Similarity", 2004.
 */
export function ssim(a: ArrayLike<number>, b: ArrayLike<number>, options: ImageOptions): number {
  requireImages('ssim', a, b, options);
  requireSide('ssim', options, WINDOW.length);
  const scores = planes(a, options).map(
    (plane, c) => compare(plane, planes(b, options)[c]!, options.range).ssim,
  );
  return average(scores);
}

/**
 * Multi-scale structural similarity: five scales, each the 2x2 mean of the one before; the contrast and
 * structure terms of the first four and the SSIM of the last, raised to the weights 0.0448, 0.2856, 0.3001,
 * 0.2363, 0.1333 and multiplied, for each channel; then the mean over channels. Negative terms count as 0.
 *
 * @param a values [height, width, channels], at least 176x176 so that the last scale holds a window.
 * @param b values of the same shape
 * @throws ShapeError when the values do not fill the shape, or the image is too small.
 * @throws OptionError when the range is not positive.
 * @see Wang, Simoncelli and Bovik, "Multi-scale Structural Similarity for Image Quality Assessment", 2003.
 */
export function msSsim(a: ArrayLike<number>, b: ArrayLike<number>, options: ImageOptions): number {
  requireImages('msSsim', a, b, options);
  requireSide('msSsim', options, WINDOW.length * 2 ** (SCALE_WEIGHTS.length - 1));
  const others = planes(b, options);
  const scores = planes(a, options).map((plane, c) => {
    let [x, y] = [plane, others[c]!];
    return SCALE_WEIGHTS.reduce((product, weight, scale) => {
      const { ssim, structure } = compare(x, y, options.range);
      const last = scale === SCALE_WEIGHTS.length - 1;
      if (!last) [x, y] = [halve(x), halve(y)];
      return product * Math.max(0, last ? ssim : structure) ** weight;
    }, 1);
  });
  return average(scores);
}

/** One channel of an image. */
interface Plane {
  readonly data: Float64Array;
  readonly height: number;
  readonly width: number;
}

function planes(values: ArrayLike<number>, { shape: [height, width, channels] }: ImageOptions): Plane[] {
  return Array.from({ length: channels }, (_, c) => ({
    data: Float64Array.from({ length: height * width }, (_, i) => values[i * channels + c]!),
    height,
    width,
  }));
}

/** The means of the SSIM map and of its contrast and structure part. */
function compare(a: Plane, b: Plane, range: number): { ssim: number; structure: number } {
  const c1 = (0.01 * range) ** 2;
  const c2 = (0.03 * range) ** 2;
  const product = (x: Plane, y: Plane) => blur({ ...x, data: x.data.map((v, i) => v * y.data[i]!) });
  const [meanA, meanB] = [blur(a), blur(b)];
  const [squareA, squareB, cross] = [product(a, a), product(b, b), product(a, b)];
  let ssim = 0;
  let structure = 0;
  for (let i = 0; i < meanA.length; i++) {
    const [ma, mb] = [meanA[i]!, meanB[i]!];
    const variances = squareA[i]! - ma * ma + (squareB[i]! - mb * mb);
    const s = (2 * (cross[i]! - ma * mb) + c2) / (variances + c2);
    structure += s / meanA.length;
    ssim += (s * (2 * ma * mb + c1)) / (ma * ma + mb * mb + c1) / meanA.length;
  }
  return { ssim, structure };
}

/** The Gaussian mean around each pixel whose window lies inside the plane. */
function blur({ data, height, width }: Plane): Float64Array {
  const [rows, columns] = [height - WINDOW.length + 1, width - WINDOW.length + 1];
  const horizontal = new Float64Array(height * columns);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < columns; x++) {
      let sum = 0;
      for (let t = 0; t < WINDOW.length; t++) sum += WINDOW[t]! * data[y * width + x + t]!;
      horizontal[y * columns + x] = sum;
    }
  }
  const blurred = new Float64Array(rows * columns);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let sum = 0;
      for (let t = 0; t < WINDOW.length; t++) sum += WINDOW[t]! * horizontal[(y + t) * columns + x]!;
      blurred[y * columns + x] = sum;
    }
  }
  return blurred;
}

/** 2x2 means; an odd last row or column is left out. */
function halve(plane: Plane): Plane {
  const [height, width] = [plane.height >> 1, plane.width >> 1];
  const at = (y: number, x: number) => plane.data[y * plane.width + x]!;
  const data = Float64Array.from({ length: height * width }, (_, i) => {
    const [y, x] = [2 * Math.floor(i / width), 2 * (i % width)];
    return (at(y, x) + at(y, x + 1) + at(y + 1, x) + at(y + 1, x + 1)) / 4;
  });
  return { data, height, width };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function requireImages(
  where: string,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { shape, range }: ImageOptions,
): void {
  const size = shape[0] * shape[1] * shape[2];
  if (a.length !== size || b.length !== size || !(size >= 1)) {
    throw new ShapeError(
      where,
      `${a.length} and ${b.length} values for the shape [${shape}]`,
      `${size} values each`,
      'The shape is [height, width, channels] of one image.',
    );
  }
  if (!(range > 0 && Number.isFinite(range))) {
    throw new OptionError(
      where,
      `range ${range}`,
      'a positive number',
      'It is the span of the values: 255 for bytes, 1 for [0, 1], 2 for [-1, 1].',
    );
  }
}

function requireSide(where: string, { shape: [height, width] }: ImageOptions, smallest: number): void {
  if (Math.min(height, width) < smallest) {
    throw new ShapeError(
      where,
      `an image of ${height}x${width}`,
      `at least ${smallest}x${smallest}`,
      'Use a larger image, or psnr.',
    );
  }
}
