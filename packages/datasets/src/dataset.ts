import * as tf from '@tensorflow/tfjs';

/** The shape of one image: `[height, width, channels]`. */
export interface ImageShape {
  readonly height: number;
  readonly width: number;
  /** 1 gray, 3 RGB, 4 RGBA. */
  readonly channels: number;
}

/** What a dataset tells of itself before the first batch is read. */
export interface DatasetInfo {
  readonly name: string;
  /** Images in one epoch, before the incomplete last batch is dropped. */
  readonly size: number;
  readonly image: ImageShape;
  /** The name of each label: label `k` means `classes[k]`. Absent where the data has no labels. */
  readonly classes?: readonly string[];
}

/** One batch; the receiver disposes its tensors: `disposeBatch(batch)`. */
export interface Batch {
  /** float32 `[batch, height, width, channels]` in [-1, 1]. */
  readonly images: tf.Tensor4D;
  /** int32 `[batch]`, each in [0, classes). */
  readonly labels?: tf.Tensor1D;
}

/** Disposes every tensor of a batch, whatever kind of batch it is. */
export function disposeBatch(batch: Batch): void {
  tf.dispose({ ...batch });
}

/** Which batches of which epoch to yield. */
export interface BatchOptions {
  /** Images per batch; at least 1 and at most the dataset's size. */
  readonly batch: number;
  /** Any integer; the order of an epoch is a pure function of (seed, epoch). */
  readonly seed: number;
  /** Counted from 0. */
  readonly epoch: number;
  /** The first batch of the epoch to yield (default 0): a resumed run continues where it stopped. */
  readonly from?: number;
}

/**
 * Anything that yields batches. Richer data yields richer batches (`Dataset<PointBatch>`), which are batches
 * of images still, so whoever needs only images takes them all.
 *
 * An epoch visits each image once, in the order `stream(seed, 'data', epoch).permutation(size)`. A last batch
 * that would be incomplete is dropped: GAN steps want full ones, and the next epoch's order picks its images up.
 */
export interface Dataset<B extends Batch = Batch, I extends DatasetInfo = DatasetInfo> {
  readonly info: I;
  /**
   * The batches of one epoch from `from` on.
   *
   * @throws DatasetError at the call when an option is out of range or the dataset is smaller than a batch.
   */
  batches(options: BatchOptions): AsyncIterable<B>;
}
