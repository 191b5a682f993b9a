import { DatasetError } from './errors.js';
import { checkWholeNumber } from './wholeNumber.js';

/**
 * Images resized by bicubic resampling, as Pillow's `BICUBIC` does it: along x, then along y, each value is the mean of
 * its neighbours weighted by the cubic kernel of Keys (1981; a = -0.5) around its centre. Where images shrink, the
 * kernel is stretched so that it does not alias; at the border the weights that remain are scaled to sum to 1.
 *
 * @param values float32 [count, height, width, channels].
 * @param shape that of `values`.
 * @param size the height and width to come.
 * @returns float32 [count, size.height, size.width, channels]; may overshoot the range of the input.
 * @throws DatasetError when `values` do not fit `shape`, or when `size` is no whole number.
 */
export function resizeBicubic(
  values: Float32Array,
  [count, height, width, channels]: readonly [number, number, number, number],
  size: { readonly height: number; readonly width: number },
): Float32Array {
  const expected = count * height * width * channels;
  if (values.length !== expected) {
    throw new DatasetError({
      where: 'resizeBicubic',
      field: 'length of values',
      got: values.length,
      expected: `${count} x ${height} x ${width} x ${channels} = ${expected}`,
      fix: 'Pass the shape of the values.',
    });
  }
  checkWholeNumber('resizeBicubic', 'height', size.height, 'Choose a height of at least one pixel.');
  checkWholeNumber('resizeBicubic', 'width', size.width, 'Choose a width of at least one pixel.');
  const across = { outer: count * height, length: width, inner: channels };
  const down = { outer: count, length: height, inner: size.width * channels };
  return resizeAxis(resizeAxis(values, across, size.width), down, size.height);
}

/** Resizes the middle axis of [outer, length, inner]. */
function resizeAxis(
  values: Float32Array,
  { outer, length, inner }: { outer: number; length: number; inner: number },
  size: number,
): Float32Array {
  const taps = Array.from({ length: size }, (_, i) => tapsAt(i, length, length / size));
  const resized = new Float32Array(outer * size * inner);
  for (let o = 0; o < outer; o++) {
    for (const [i, { first, weights }] of taps.entries()) {
      for (let c = 0; c < inner; c++) {
        let sum = 0;
        for (let t = 0; t < weights.length; t++) {
          sum += weights[t]! * values[(o * length + first + t) * inner + c]!;
        }
        resized[(o * size + i) * inner + c] = sum;
      }
    }
  }
  return resized;
}

/** The inputs that output `i` is made of: from `first` on, with weights that sum to 1. */
function tapsAt(i: number, length: number, step: number) {
  const centre = (i + 0.5) * step;
  const stretch = Math.max(1, step);
  const first = Math.max(0, Math.floor(centre - 2 * stretch + 0.5));
  const end = Math.min(length, Math.floor(centre + 2 * stretch + 0.5));
  const raw = Array.from({ length: end - first }, (_, t) => cubic((first + t + 0.5 - centre) / stretch));
  const total = raw.reduce((a, b) => a + b, 0);
  return { first, weights: raw.map((weight) => weight / total) };
}

/** Keys' kernel with a = -0.5: 1.5|x|³ - 2.5|x|² + 1 for |x| < 1, -0.5|x|³ + 2.5|x|² - 4|x| + 2 for |x| < 2. */
function cubic(x: number): number {
  const d = Math.abs(x);
  if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
  return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
}
