import * as tf from '@tensorflow/tfjs';
import type { BatchOptions, Dataset } from './dataset.js';
import { DatasetError } from './error.js';
import type { TranslationBatch, TranslationDataset } from './translation.js';

/**
 * Pairs of low and high resolution from any dataset: `sources` are the images reduced `factor` times on each side by
 * antialiased bicubic resampling, clipped to [-1, 1].
 *
 * @throws DatasetError when `factor` does not divide height and width.
 *
 * @example
 * const pairs = superResolution(await openImageFolder('photos', { size: 96 }), 4); // 24 x 24 to 96 x 96
 */
export function superResolution(dataset: Dataset, factor: number): TranslationDataset {
  const { height, width, channels } = dataset.info.image;
  if (!Number.isInteger(factor) || factor < 1 || height % factor !== 0 || width % factor !== 0) {
    throw new DatasetError({
      where: dataset.info.name,
      field: 'factor',
      got: factor,
      expected: `an integer >= 1 that divides ${height} and ${width}`,
      fix: 'Choose another factor or another image size.',
    });
  }
  const source = { height: height / factor, width: width / factor, channels };
  return {
    info: { ...dataset.info, source, paired: true },
    batches(options: BatchOptions) {
      const whole = dataset.batches(options);
      async function* pairs(): AsyncGenerator<TranslationBatch> {
        for await (const batch of whole) {
          const count = batch.images.shape[0];
          const values = await batch.images.data<'float32'>();
          const low = reduceImages(values, count, [height, width, channels], factor).map((x) =>
            Math.min(1, Math.max(-1, x)),
          );
          yield { ...batch, sources: tf.tensor4d(low, [count, source.height, source.width, channels]) };
        }
      }
      return { [Symbol.asyncIterator]: pairs };
    },
  };
}

/**
 * Images reduced `factor` times on each side: along x, then along y, each value is the mean of its neighbours weighted
 * by the cubic kernel of Keys (1981; a = -0.5), stretched by `factor` so that it does not alias; at the border the
 * weights that remain are scaled to sum to 1. This is what Pillow's `BICUBIC` does.
 *
 * @param values float32 [count, height, width, channels].
 * @returns float32 [count, height / factor, width / factor, channels]; may overshoot the range of the input.
 */
export function reduceImages(
  values: Float32Array,
  count: number,
  [height, width, channels]: readonly [number, number, number],
  factor: number,
): Float32Array {
  const rows = reduceAxis(values, { outer: count * height, length: width, inner: channels }, factor);
  return reduceAxis(rows, { outer: count, length: height, inner: (width / factor) * channels }, factor);
}

/** Reduces the middle axis of [outer, length, inner]. */
function reduceAxis(
  values: Float32Array,
  { outer, length, inner }: { outer: number; length: number; inner: number },
  factor: number,
): Float32Array {
  const taps = Array.from({ length: length / factor }, (_, i) => tapsAt(i, length, factor));
  const reduced = new Float32Array(outer * taps.length * inner);
  for (let o = 0; o < outer; o++) {
    for (const [i, { first, weights }] of taps.entries()) {
      for (let c = 0; c < inner; c++) {
        let sum = 0;
        for (let t = 0; t < weights.length; t++) {
          sum += weights[t]! * values[(o * length + first + t) * inner + c]!;
        }
        reduced[(o * taps.length + i) * inner + c] = sum;
      }
    }
  }
  return reduced;
}

/** The inputs that output `i` is made of: from `first` on, with weights that sum to 1. */
function tapsAt(i: number, length: number, factor: number) {
  const centre = (i + 0.5) * factor;
  const first = Math.max(0, Math.floor(centre - 2 * factor + 0.5));
  const end = Math.min(length, Math.floor(centre + 2 * factor + 0.5));
  const raw = Array.from({ length: end - first }, (_, t) => cubic((first + t + 0.5 - centre) / factor));
  const total = raw.reduce((a, b) => a + b, 0);
  return { first, weights: raw.map((weight) => weight / total) };
}

/** Keys' kernel with a = -0.5: 1.5|x|³ - 2.5|x|² + 1 for |x| < 1, -0.5|x|³ + 2.5|x|² - 4|x| + 2 for |x| < 2. */
function cubic(x: number): number {
  const d = Math.abs(x);
  if (d < 1) return (1.5 * d - 2.5) * d * d + 1;
  return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
}
