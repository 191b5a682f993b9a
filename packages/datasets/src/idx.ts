import { checkBytes } from './bytes.js';
import type { Dataset } from './dataset.js';
import { DatasetError } from './errors.js';
import { fromArrays } from './imageDataset.js';

/** The content of an idx file: bytes and their dimensions. */
export interface Idx {
  /** `[60000, 28, 28]` for the images of MNIST, `[60000]` for its labels. */
  readonly shape: readonly number[];
  /** uint8, row-major. */
  readonly data: Uint8Array;
}

const isGzip = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The platform's gunzip, which also verifies the checksum: a flipped bit is an error, not another image. */
async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

/**
 * Reads an idx file of unsigned bytes, plain or gzipped (told apart by their first bytes).
 *
 * The format (LeCun, "The MNIST database"): two zero bytes, a type (8: unsigned byte), the number of
 * dimensions, each dimension as a big-endian uint32, then the values.
 *
 * @param file the file's content.
 * @param where its name, for messages.
 * @param dimensions how many it must have: 3 for images, 1 for labels.
 * @returns shape and values; `data` is a view of `file` when that was not gzipped.
 * @throws DatasetError when the file is no bytes, of another kind, cut off, or longer than its header says.
 */
export async function readIdx(
  file: Uint8Array<ArrayBuffer>,
  where: string,
  dimensions: number,
): Promise<Idx> {
  const refuse = (field: string, got: string, expected: string, fix: string, cause?: unknown): never => {
    throw new DatasetError({ where, field, got, expected, fix }, { cause });
  };
  checkBytes(where, 'content', file);
  let bytes: Uint8Array = file;
  if (isGzip(file)) {
    try {
      bytes = await gunzip(file);
    } catch (cause) {
      refuse('gzip stream', `broken (${(cause as Error).message})`, 'a complete one', REFETCH, cause);
    }
  }
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) {
    refuse('length', `${bytes.length} bytes`, `at least the ${header} bytes of a header`, REFETCH);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const magic = view.getUint32(0);
  const wanted = 0x0800 + dimensions;
  if (magic !== wanted) {
    const kind = `${hex(wanted)} (idx of unsigned bytes, ${dimensions} dimension${dimensions > 1 ? 's' : ''})`;
    refuse('magic number', hex(magic), kind, OTHER_FILE);
  }
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const count = shape.reduce((a, b) => a * b, 1);
  if (count === 0) refuse('shape', shape.join(' x '), 'at least one value', OTHER_FILE);
  if (bytes.length !== header + count) {
    const expected = `${header + count} bytes for its shape ${shape.join(' x ')}`;
    refuse('length', `${bytes.length} bytes`, expected, REFETCH);
  }
  return { shape, data: bytes.subarray(header) };
}

const REFETCH = 'The file is cut off or damaged: fetch or unpack it again.';
const OTHER_FILE = 'This is another kind of file: check that images and labels were not swapped.';
const hex = (magic: number) => `0x${magic.toString(16).padStart(8, '0')}`;

/** The files of an idx dataset, as bytes from disk, `fetch` or a `File`. */
export interface IdxOptions {
  readonly name: string;
  /** An idx file of shape `[size, height, width]`, plain or gzipped. */
  readonly images: Uint8Array<ArrayBuffer>;
  /** An idx file of shape `[size]`, plain or gzipped. */
  readonly labels?: Uint8Array<ArrayBuffer>;
  /** The name of each label; default: the labels' numbers. */
  readonly classes?: readonly string[];
  /** What messages call the two files; default: `name` with ` images` and ` labels`. */
  readonly files?: { readonly images: string; readonly labels: string };
}

/**
 * A dataset of gray images from idx files, as MNIST and its relatives come.
 *
 * @throws DatasetError when a file is not what its role needs, or when images and labels differ in number.
 *
 * @example
 * const bytes = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
 * const digits = await fromIdx({ name: 'digits', images: await bytes('train-images-idx3-ubyte.gz') });
 */
export async function fromIdx({ name, images, labels, classes, files }: IdxOptions): Promise<Dataset> {
  const pixels = await readIdx(images, files?.images ?? `${name} images`, 3);
  const numbers = labels && (await readIdx(labels, files?.labels ?? `${name} labels`, 1));
  const [size, height, width] = pixels.shape as [number, number, number];
  if (numbers && numbers.shape[0] !== size) {
    throw new DatasetError({
      where: files?.labels ?? `${name} labels`,
      field: 'number of labels',
      got: numbers.shape[0]!,
      expected: `${size}, one per image of ${files?.images ?? `${name} images`}`,
      fix: 'Pass images and labels of the same split.',
    });
  }
  return fromArrays({
    name,
    images: pixels.data,
    image: { height, width, channels: 1 },
    ...(numbers && { labels: numbers.data }),
    ...(classes && { classes }),
  });
}
