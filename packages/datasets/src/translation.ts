import { stream } from '@ganjs/random';
import type * as tf from '@tensorflow/tfjs';
import type { Batch, Dataset, DatasetInfo, ImageShape } from './dataset.js';
import { epochBatches } from './epoch.js';
import { DatasetError } from './errors.js';
import { describe, imageTensor, type LabelledImages, labelledTensors, readLabelled } from './imageDataset.js';
import { checkStore, type ImageStore, readImages } from './imageStore.js';

/** Images of two domains: `sources` are given, `images` are what shall come out. */
export interface TranslationBatch extends Batch {
  /** float32 `[batch, height, width, channels]` of `info.source`, in [-1, 1]. */
  readonly sources: tf.Tensor4D;
}

/** What a dataset for translation tells of itself. */
export interface TranslationInfo extends DatasetInfo {
  /** The shape of a source; `image` is the shape of a target. */
  readonly source: ImageShape;
  /** Whether source `i` of a batch shows the same as image `i`. */
  readonly paired: boolean;
}

/** A dataset of two domains, paired (Pix2Pix, super-resolution) or not (CycleGAN). */
export type TranslationDataset = Dataset<TranslationBatch, TranslationInfo>;

/** Labels are those of `images`. */
export interface TranslationOptions extends LabelledImages {
  readonly sources: ImageStore;
}

/**
 * Pairs: source `k` belongs to image `k`. An epoch visits each pair once.
 *
 * @throws DatasetError when the two differ in number.
 */
export function pairedDataset({ sources, ...data }: TranslationOptions): TranslationDataset {
  checkStore(data.name, sources);
  if (sources.size !== data.images.size) {
    throw new DatasetError({
      where: data.name,
      field: 'number of sources',
      got: sources.size,
      expected: `${data.images.size}, one per image`,
      fix: 'Pass pairs, or make an unpaired dataset.',
    });
  }
  const info = { ...describe(data), source: sources.image, paired: true };
  return {
    info,
    batches: (options) =>
      epochBatches(
        info,
        options,
        async ({ images }) => ({
          ...(await readLabelled(data, images)),
          sources: await readImages(data.name, sources, images),
        }),
        (raw) => ({ ...labelledTensors(data, raw), sources: imageTensor(sources.image, raw.sources) }),
      ),
  };
}

/**
 * Two sets of images that do not correspond, each in an order of its own. An epoch is as long as the larger set;
 * the images of the smaller one come again as often as needed, all equally often but for one.
 */
export function unpairedDataset({ sources, ...data }: TranslationOptions): TranslationDataset {
  checkStore(data.name, sources);
  const size = Math.max(sources.size, data.images.size);
  const info = { ...describe(data), size, source: sources.image, paired: false };
  return {
    info,
    batches(options) {
      const { batch, seed, epoch } = options;
      const order = stream(seed, 'data', 'sources', epoch).permutation(size);
      return epochBatches(
        info,
        options,
        async ({ index, images }) => ({
          ...(await readLabelled(
            data,
            images.map((k) => k % data.images.size),
          )),
          sources: await readImages(
            data.name,
            sources,
            order.subarray(index * batch, (index + 1) * batch).map((k) => k % sources.size),
          ),
        }),
        (raw) => ({ ...labelledTensors(data, raw), sources: imageTensor(sources.image, raw.sources) }),
      );
    },
  };
}
