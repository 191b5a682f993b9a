import * as tf from '@tensorflow/tfjs';
import { type Bytes, kindOf } from './bytes.js';
import type { Batch, Dataset, DatasetInfo, ImageShape } from './dataset.js';
import { epochBatches } from './epoch.js';
import { DatasetError } from './errors.js';
import { checkStore, type ImageStore, imageBytes, memoryStore, readImages } from './imageStore.js';

/** Images, what to call them, and what they show. */
export interface LabelledImages {
  readonly name: string;
  readonly images: ImageStore;
  /** One label per image, each an integer in [0, classes.length). */
  readonly labels?: ArrayLike<number>;
  /** The name of each label; needs `labels`. Default: the labels' numbers, `'0'` to the largest. */
  readonly classes?: readonly string[];
}

/** Images as bytes in memory. */
export interface ArraysOptions extends Omit<LabelledImages, 'images'> {
  /** uint8 [size, height, width, channels], row-major; 0 becomes -1 and 255 becomes 1. */
  readonly images: Bytes;
  readonly image: ImageShape;
}

/**
 * A dataset of images that are in memory as bytes. The bytes stay uint8 and are not copied; a batch is
 * converted when it is drawn. What a canvas gives (`getImageData().data`) are such bytes, of 4 channels; floats are
 * not, and refused.
 *
 * @throws DatasetError when images are no bytes, when a length does not fit the shape, when a label has no class, or
 * when there is no image.
 *
 * @example
 * const checkers = fromArrays({ name: 'checkers', images: bytes, image: { height: 8, width: 8, channels: 1 } });
 */
export function fromArrays({ images, image, ...rest }: ArraysOptions): Dataset {
  return imageDataset({ ...rest, images: memoryStore(rest.name, images, image) });
}

/**
 * A dataset of images from any store.
 *
 * @throws DatasetError when labels, classes and images do not fit each other.
 */
export function imageDataset(data: LabelledImages): Dataset {
  const info = describe(data);
  return {
    info,
    batches: (options) =>
      epochBatches(
        info,
        options,
        ({ images }) => readLabelled(data, images),
        (raw) => labelledTensors(data, raw),
      ),
  };
}

/** What a dataset of these images tells of itself; checks store and labels. */
export function describe({ name, images, labels, classes }: LabelledImages): DatasetInfo {
  checkStore(name, images);
  const names = labels && checkLabels(name, images.size, labels, classes);
  return { name, size: images.size, image: images.image, ...(names && { classes: names }) };
}

/** A batch in plain memory. */
export interface RawBatch {
  readonly pixels: Bytes;
  readonly labels?: Int32Array;
}

/** Reads images by their index, with their labels where there are some. */
export async function readLabelled(
  { name, images, labels }: LabelledImages,
  chosen: Int32Array,
): Promise<RawBatch> {
  const pixels = await readImages(name, images, chosen);
  return labels ? { pixels, labels: chosen.map((k) => labels[k]!) } : { pixels };
}

/** The tensors of a batch of images and labels. */
export function labelledTensors({ images }: LabelledImages, { pixels, labels }: RawBatch): Batch {
  const batch = { images: imageTensor(images.image, pixels) };
  return labels ? { ...batch, labels: tf.tensor1d(labels, 'int32') } : batch;
}

/** Bytes [batch, height, width, channels] as floats in [-1, 1]: (x - 127.5) / 127.5. */
export function imageTensor(image: ImageShape, bytes: Bytes): tf.Tensor4D {
  const values = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) values[i] = UNIT[bytes[i]!]!;
  const { height, width, channels } = image;
  return tf.tensor4d(values, [bytes.length / imageBytes(image), height, width, channels], 'float32');
}

const UNIT = Float32Array.from({ length: 256 }, (_, byte) => (byte - 127.5) / 127.5);

/** The class names, after checking that there is one label per image and one class per label. */
function checkLabels(
  name: string,
  size: number,
  labels: ArrayLike<number>,
  given?: readonly string[],
): readonly string[] {
  const refuse = (field: string, got: string | number, expected: string, fix: string) =>
    new DatasetError({ where: name, field, got, expected, fix });
  if (typeof labels.length !== 'number') {
    throw refuse(
      'labels',
      `of the kind ${kindOf(labels)}`,
      'an array of integers',
      'Pass a label per image.',
    );
  }
  if (given && !Array.isArray(given)) {
    const fix = 'Name every class, or leave classes out.';
    throw refuse('classes', `of the kind ${kindOf(given)}`, 'an array of names', fix);
  }
  if (labels.length !== size) {
    const fix = 'Pass images and labels of the same split.';
    throw refuse('number of labels', labels.length, `${size}, one per image`, fix);
  }
  const expected = given
    ? `an integer from 0 to ${given.length - 1}, as there are ${given.length} classes`
    : 'an integer >= 0';
  let largest = 0;
  for (let i = 0; i < size; i++) {
    const label = labels[i]!;
    if (!Number.isInteger(label) || label < 0 || (given && label >= given.length)) {
      const got = typeof label === 'number' ? label : `the ${typeof label} ${String(label)}`;
      throw refuse(`label of image ${i}`, got, expected, 'Name every class, and number labels from 0.');
    }
    largest = Math.max(largest, label);
  }
  return given ?? Array.from({ length: largest + 1 }, (_, label) => String(label));
}
