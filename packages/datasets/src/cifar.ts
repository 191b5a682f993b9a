import { type Bytes, checkBytes } from './bytes.js';
import type { Dataset } from './dataset.js';
import { DatasetError } from './errors.js';
import { fromArrays } from './imageDataset.js';

const SIDE = 32;
const PLANE = SIDE * SIDE;

/** The binary files of CIFAR, as bytes. */
export interface CifarOptions {
  readonly name: string;
  /** One or several files, in order; with `name` for messages. */
  readonly files: readonly { readonly name: string; readonly bytes: Bytes }[];
  /** Label bytes before each image: 1 in CIFAR-10, 2 in CIFAR-100 (coarse, fine). */
  readonly labelBytes: 1 | 2;
  /** Which of them to use; default the last, which is the finer. */
  readonly label?: number;
  readonly classes: readonly string[];
}

/**
 * A dataset of 32x32 RGB images from CIFAR's binary version (Krizhevsky 2009): records of the labels, then 1,024
 * red, 1,024 green and 1,024 blue bytes, row by row. The planes are interleaved once, at the start.
 *
 * @throws DatasetError when a file is not a whole number of records, when there is no such label byte, or when a label
 * has no class.
 */
export function fromCifar({
  name,
  files,
  labelBytes,
  label = labelBytes - 1,
  classes,
}: CifarOptions): Dataset {
  if (labelBytes !== 1 && labelBytes !== 2) {
    const expected = '1 for CIFAR-10 or 2 for CIFAR-100';
    const fix = 'Say how many label bytes precede each image.';
    throw new DatasetError({ where: name, field: 'labelBytes', got: String(labelBytes), expected, fix });
  }
  if (!Number.isInteger(label) || label < 0 || label >= labelBytes) {
    const expected = `an integer from 0 to ${labelBytes - 1}`;
    const fix = 'Choose one of the label bytes, or leave label out.';
    throw new DatasetError({ where: name, field: 'label', got: label, expected, fix });
  }
  const record = labelBytes + 3 * PLANE;
  for (const file of files) {
    checkBytes(file.name, 'content', file.bytes);
    if (file.bytes.length === 0 || file.bytes.length % record !== 0) {
      throw new DatasetError({
        where: file.name,
        field: 'length',
        got: `${file.bytes.length} bytes`,
        expected: `a positive multiple of the ${record} bytes of a record`,
        fix: 'Use the binary version of CIFAR, unpacked and complete.',
      });
    }
  }
  const size = files.reduce((sum, { bytes }) => sum + bytes.length / record, 0);
  const images = new Uint8Array(size * 3 * PLANE);
  const labels = new Uint8Array(size);
  let k = 0;
  for (const { bytes } of files) {
    for (let start = 0; start < bytes.length; start += record, k++) {
      labels[k] = bytes[start + label]!;
      const pixels = images.subarray(k * 3 * PLANE);
      for (let c = 0; c < 3; c++) {
        const plane = start + labelBytes + c * PLANE;
        for (let i = 0; i < PLANE; i++) pixels[3 * i + c] = bytes[plane + i]!;
      }
    }
  }
  return fromArrays({ name, images, labels, classes, image: { height: SIDE, width: SIDE, channels: 3 } });
}
