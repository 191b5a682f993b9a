import * as tf from '@tensorflow/tfjs';
import type { Batch, Dataset, DatasetInfo, ImageShape } from './dataset.js';
import { epochBatches } from './epoch.js';
import { DatasetError } from './error.js';

/** Images as bytes in memory, and what to call them. */
export interface ArraysOptions {
  readonly name: string;
  /** uint8 [size, height, width, channels], row-major; 0 becomes -1 and 255 becomes 1. */
  readonly images: Uint8Array;
  readonly image: ImageShape;
  /** One label per image, each in [0, classes.length). */
  readonly labels?: ArrayLike<number>;
  /** The name of each label; needs `labels`. Default: the labels' numbers, `'0'` to the largest. */
  readonly classes?: readonly string[];
}

const UNIT = Float32Array.from({ length: 256 }, (_, byte) => (byte - 127.5) / 127.5);

/** Bytes as floats in [-1, 1]: (x - 127.5) / 127.5. */
export function toUnitRange(bytes: Uint8Array): Float32Array {
  const values = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) values[i] = UNIT[bytes[i]!]!;
  return values;
}

/** The tensors of one batch of bytes. */
export function toBatch(image: ImageShape, bytes: Uint8Array, labels?: Int32Array): Batch {
  const { height, width, channels } = image;
  const count = bytes.length / (height * width * channels);
  const images = tf.tensor4d(toUnitRange(bytes), [count, height, width, channels], 'float32');
  return labels ? { images, labels: tf.tensor1d(labels, 'int32') } : { images };
}

/**
 * A dataset of images that are in memory as bytes. The bytes stay uint8 and are not copied; a batch is
 * converted when it is drawn.
 *
 * @throws DatasetError when a length does not fit the shape, when a label has no class, or when there is no image.
 *
 * @example
 * const checkers = fromArrays({ name: 'checkers', images: bytes, image: { height: 8, width: 8, channels: 1 } });
 */
export function fromArrays({ name, images, image, labels, classes }: ArraysOptions): Dataset {
  const bytes = image.height * image.width * image.channels;
  const size = images.length / bytes;
  if (!Number.isInteger(size) || size < 1) {
    throw new DatasetError({
      where: name,
      field: 'length of images',
      got: images.length,
      expected: `a positive multiple of ${image.height} x ${image.width} x ${image.channels} = ${bytes} bytes`,
      fix: 'Check the image shape, and that no image is cut off.',
    });
  }
  const classNames = labels && checkLabels(name, size, labels, classes);
  const info: DatasetInfo = { name, size, image, ...(classNames && { classes: classNames }) };

  const read = (chosen: Int32Array) => {
    const pixels = new Uint8Array(chosen.length * bytes);
    for (const [i, k] of chosen.entries()) {
      pixels.set(images.subarray(k * bytes, (k + 1) * bytes), i * bytes);
    }
    return { pixels, labels: labels && chosen.map((k) => labels[k]!) };
  };
  return {
    info,
    batches: (options) =>
      epochBatches(
        info,
        options,
        (request) => read(request.images),
        (raw) => toBatch(image, raw.pixels, raw.labels),
      ),
  };
}

/** The class names, after checking that there is one label per image and one class per label. */
function checkLabels(
  name: string,
  size: number,
  labels: ArrayLike<number>,
  given?: readonly string[],
): readonly string[] {
  if (labels.length !== size) {
    throw new DatasetError({
      where: name,
      field: 'number of labels',
      got: labels.length,
      expected: `${size}, one per image`,
      fix: 'Pass images and labels of the same split.',
    });
  }
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, labels[i]!);
  const classes = given ?? Array.from({ length: largest + 1 }, (_, label) => String(label));
  for (let i = 0; i < size; i++) {
    const label = labels[i]!;
    if (!Number.isInteger(label) || label < 0 || label >= classes.length) {
      throw new DatasetError({
        where: name,
        field: `label of image ${i}`,
        got: label,
        expected: `an integer from 0 to ${classes.length - 1}, as there are ${classes.length} classes`,
        fix: 'Name every class, and number labels from 0.',
      });
    }
  }
  return classes;
}
