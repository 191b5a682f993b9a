import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dataset } from '../dataset.js';
import { DatasetError } from '../errors.js';
import { fromIdx } from '../idx.js';
import type { Split } from './namedDataset.js';

const PREFIX: Record<Split, string> = { train: 'train', test: 't10k' };

/** The file in `dir` that holds a split's images or labels, plain or gzipped; undefined when it is not there. */
export function findIdx(dir: string, split: Split, role: 'images' | 'labels'): string | undefined {
  const plain = join(dir, idxName(split, role));
  return [plain, `${plain}.gz`].find((path) => existsSync(path));
}

const idxName = (split: Split, role: 'images' | 'labels') =>
  `${PREFIX[split]}-${role}-idx${role === 'images' ? 3 : 1}-ubyte`;

/** How to read a folder of idx files. */
export interface IdxFolderOptions {
  /** Default: the folder's path. */
  readonly name?: string;
  /** Default `'train'`. */
  readonly split?: Split;
  /** The name of each label; default: the labels' numbers. */
  readonly classes?: readonly string[];
}

/**
 * Opens a folder with the files of MNIST's form: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`,
 * `t10k-images-idx3-ubyte`, `t10k-labels-idx1-ubyte`, each plain or with `.gz`.
 *
 * @throws DatasetError when a file of the split is missing, cut off or of another kind.
 */
export async function openIdxFolder(
  dir: string,
  { name = dir, split = 'train', classes }: IdxFolderOptions = {},
): Promise<Dataset> {
  const locate = (role: 'images' | 'labels') => {
    const path = findIdx(dir, split, role);
    if (path) return path;
    const file = idxName(split, role);
    throw new DatasetError({
      where: dir,
      field: `the ${split} split's ${role} file`,
      got: 'missing',
      expected: `${file} or ${file}.gz`,
      fix: existsSync(dir) ? 'Put the file there, or name another folder.' : 'There is no such folder.',
    });
  };
  const files = { images: locate('images'), labels: locate('labels') };
  const [images, labels] = await Promise.all([readBytes(files.images), readBytes(files.labels)]);
  return fromIdx({ name, images, labels, files, ...(classes && { classes }) });
}

/** A file's content in memory of its own (small files of `readFile` share a pool). */
async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    const problem = { where: path, field: 'read', got: code, expected: 'a readable file' };
    throw new DatasetError({ ...problem, fix: 'Check its permissions.' }, { cause });
  }
}
