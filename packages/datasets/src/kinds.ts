import type * as tf from '@tensorflow/tfjs';
import type { CaptionedBatch } from './captioned.js';
import type { Batch, Dataset, DatasetInfo, ImageShape } from './dataset.js';
import type { PointBatch } from './mixture.js';
import { superResolution } from './superResolution.js';
import type { TranslationBatch, TranslationInfo } from './translation.js';

/** A batch of images with their class labels. */
export interface LabelledBatch extends Batch {
  readonly labels: tf.Tensor1D;
}

/** The kinds of data, and what a batch of each holds. */
export interface KindBatches {
  images: Batch;
  labelled: LabelledBatch;
  pairs: TranslationBatch;
  domains: TranslationBatch;
  resolutions: TranslationBatch;
  captions: CaptionedBatch;
  points: PointBatch;
}

export type DataKind = keyof KindBatches;

/** What any dataset may tell of itself. */
export type AnyDatasetInfo = DatasetInfo &
  Partial<TranslationInfo> & {
    readonly captioned?: boolean | undefined;
    /** Numbers in the embedding of a caption. */
    readonly embedding?: number | undefined;
  };

/** What is known of a kind of data. */
export interface DataKindDescription {
  /** What it consists of, in words. */
  readonly contents: string;
  /** What a folder of it looks like, in words; absent where it does not come in folders. */
  readonly folder?: string;
  /** Whether data that tells this of itself is of the kind. */
  suits(info: AnyDatasetInfo): boolean;
}

/** Every kind of data, in one place; `openData` of `@ganjs/datasets/node` reads the folders. */
export const dataKinds: Readonly<Record<DataKind, DataKindDescription>> = {
  images: { contents: 'images', folder: 'a folder of images', suits: () => true },
  labelled: {
    contents: 'images with class labels',
    folder: 'a folder that holds a folder of images for each class',
    suits: ({ classes }) => classes !== undefined,
  },
  pairs: {
    contents: 'pairs of images, one given and one wanted',
    folder:
      'a folder with sources/ and images/ that match by name, or of pictures that show the given image beside the wanted one',
    suits: ({ source, paired }) => source !== undefined && paired === true,
  },
  domains: {
    contents: 'images of two domains',
    folder: 'a folder with the two domains in sources/ and images/',
    suits: ({ source }) => source !== undefined,
  },
  resolutions: {
    contents: 'pairs of a small and a large image',
    folder: 'a folder of images',
    suits: ({ source, paired, image }) =>
      source !== undefined && paired === true && source.height < image.height,
  },
  captions: {
    contents: 'images with captions',
    folder: 'a folder of images with a captions.jsonl',
    suits: ({ captioned }) => captioned === true,
  },
  points: {
    contents: 'points in the plane, as images of one pixel of two channels',
    suits: ({ image }) => image.height === 1 && image.width === 1 && image.channels === 2,
  },
};

/** How many times smaller the given images of `resolutions` are, unless said otherwise. */
export const RESOLUTION_FACTOR = 4;

/**
 * Data as the kind that is wanted: images alone become `resolutions`, given at a fraction of their size, where their
 * sides divide by the factor. Other data stays as it is, whether it suits or not.
 */
export function asKind(dataset: Dataset, kind: DataKind, factor = RESOLUTION_FACTOR): Dataset {
  const { source, image }: AnyDatasetInfo = dataset.info;
  const divisible = image.height % factor === 0 && image.width % factor === 0;
  return kind === 'resolutions' && !source && divisible ? superResolution(dataset, factor) : dataset;
}

/** What data consists of, in words: `pairs of 16x16x3 and 64x64x3`, `images of 28x28x1 in 10 classes`, … */
export function contentsOf({ image, source, paired, captioned, classes }: AnyDatasetInfo): string {
  const labels = classes ? ` in ${classes.length} classes` : '';
  if (source) {
    return `${paired ? 'pairs' : 'two domains'} of ${shapeText(source)} and ${shapeText(image)}${labels}`;
  }
  return `images of ${shapeText(image)}${captioned ? ' with captions' : ''}${labels}`;
}

/** `28x28x1`: height, width, channels. */
export function shapeText({ height, width, channels }: ImageShape): string {
  return `${height}x${width}x${channels}`;
}
