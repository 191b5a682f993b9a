import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromCifar } from '../cifar.js';
import { findPlace, type NamedDataset, places } from './namedDataset.js';

const SOURCE = 'https://www.cs.toronto.edu/~kriz/cifar.html';

function cifarDataset(
  about: Pick<NamedDataset, 'name' | 'title' | 'description'> & { readonly classes?: readonly string[] },
  files: { readonly train: readonly string[]; readonly test: readonly string[]; readonly names: string },
  archive: { readonly file: string; readonly folder: string; readonly labelBytes: 1 | 2 },
): NamedDataset {
  const { name } = about;
  return {
    ...about,
    kind: 'labelled',
    source: `$GANJS_DATA/${name} or ./data/${name}, with the files of ${archive.file} from ${SOURCE}`,
    image: { height: 32, width: 32, channels: 3 },
    async open({ split = 'train', root } = {}) {
      const wanted = [...files[split], files.names];
      // The archive unpacks into a folder of its own; that folder inside of the place will do as well.
      const looked = places(name, root, undefined).flatMap((place) => [place, join(place, archive.folder)]);
      const dir = findPlace(looked, (place) => wanted.every((file) => existsSync(join(place, file))), {
        name,
        files: wanted.join(', '),
        fix: `Fetch ${archive.file} from ${SOURCE}, unpack it, and name its folder as root.`,
      });
      const names = await readFile(join(dir, files.names), 'utf8');
      const bytes = await Promise.all(files[split].map((file) => readFile(join(dir, file))));
      return fromCifar({
        name,
        files: files[split].map((file, i) => ({ name: join(dir, file), bytes: bytes[i]! })),
        labelBytes: archive.labelBytes,
        classes: names.split(/\r?\n/).filter((line) => line.trim() !== ''),
      });
    },
  };
}

/** 50,000 + 10,000 photographs in ten classes (Krizhevsky 2009), from a folder with the binary version. */
export const cifar10 = cifarDataset(
  {
    name: 'cifar10',
    title: 'CIFAR-10',
    description: '60,000 small photographs (50,000 to train, 10,000 to test) in 10 classes, 32x32 RGB',
    classes: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  },
  {
    train: [1, 2, 3, 4, 5].map((k) => `data_batch_${k}.bin`),
    test: ['test_batch.bin'],
    names: 'batches.meta.txt',
  },
  { file: 'cifar-10-binary.tar.gz', folder: 'cifar-10-batches-bin', labelBytes: 1 },
);

/** 50,000 + 10,000 photographs in a hundred fine classes (Krizhevsky 2009), from a folder with the binary version. */
export const cifar100 = cifarDataset(
  {
    name: 'cifar100',
    title: 'CIFAR-100',
    description: '60,000 small photographs (50,000 to train, 10,000 to test) in 100 classes, 32x32 RGB',
  },
  { train: ['train.bin'], test: ['test.bin'], names: 'fine_label_names.txt' },
  { file: 'cifar-100-binary.tar.gz', folder: 'cifar-100-binary', labelBytes: 2 },
);
