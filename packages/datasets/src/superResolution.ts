import * as tf from '@tensorflow/tfjs';
import { resizeBicubic } from './bicubic.js';
import type { BatchOptions, Dataset } from './dataset.js';
import { DatasetError } from './errors.js';
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
          const low = resizeBicubic(values, [count, height, width, channels], source).map(clipped);
          yield { ...batch, sources: tf.tensor4d(low, [count, source.height, source.width, channels]) };
        }
      }
      return { [Symbol.asyncIterator]: pairs };
    },
  };
}

const clipped = (x: number) => Math.min(1, Math.max(-1, x));
