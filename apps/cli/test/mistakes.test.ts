import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, gan, small, tinyDataset } from './gan.js';
import { imageFolder, png } from './images.js';

let dir: string;
beforeAll(() => {
  dir = emptyFolder();
  for (const folder of ['tiny', 'empty', 'truncated', 'full']) mkdirSync(join(dir, folder));
  tinyDataset(join(dir, 'tiny'));
  tinyDataset(join(dir, 'truncated'));
  truncateSync(join(dir, 'truncated/train-images-idx3-ubyte'), 100);
  writeFileSync(join(dir, 'full/letter.txt'), 'dear');
  imageFolder(join(dir, 'photos'), 4, 8);
  imageFolder(join(dir, 'broken'), 4, 8);
  for (const k of [1, 2]) writeFileSync(join(dir, `broken/${k}.png`), png(k, 8).subarray(0, 90));
  writeFileSync(join(dir, 'not.json'), 'no');
  writeFileSync(join(dir, 'wrong.json'), '{"training": {"batch": "many"}}');
});

/** What the user types, and what the one error must say. */
const mistakes: [name: string, args: string[], says: RegExp][] = [
  ['a variant', ['train', 'dcgn', '--data', 'tiny'], /no variant "dcgn"\. Did you mean "dcgan"\?/],
  [
    'a variant far from all',
    ['train', 'xyzzy', '--data', 'tiny'],
    /no variant "xyzzy"\. Choose one of: vae, gan, cgan, dcgan/,
  ],
  [
    'a package',
    ['train', '@nobody/gan-none', '--data', 'tiny'],
    /"@nobody\/gan-none" was not found .*`npm install/,
  ],
  ['a dataset', ['train', 'dcgan', '--data', 'mnits'], /no dataset "mnits".* Did you mean "mnist"\?/],
  ['no dataset', ['train', 'dcgan'], /Name the data to learn from, such as --data mnist/],
  [
    'a flag',
    ['train', 'dcgan', '--data', 'tiny', '--epoch', '3'],
    /unknown option '--epoch'\s.*Did you mean --epochs\?/s,
  ],
  ['a command', ['trian'], /unknown command 'trian'\s.*Did you mean train\?/s],
  [
    'a key',
    ['train', 'dcgan', '--data', 'tiny', '--set', 'latnt=3'],
    /no setting "latnt"\. Did you mean "latent"\?/,
  ],
  [
    'a value',
    ['train', 'dcgan', '--data', 'tiny', '--set', 'latent=abc'],
    /latent=abc: .*expected number.*length of the noise/,
  ],
  [
    'a key without its group',
    ['train', 'dcgan', '--data', 'tiny', '--set', 'learningRate=1e-3'],
    /no setting "learningRate"\. Did you mean "optimizer\.learningRate"\?/,
  ],
  [
    'a setting that would change nothing',
    [
      'train',
      'dcgan',
      '--data',
      'tiny',
      '--set',
      'discriminator.backbone=mlp',
      '--set',
      'discriminator.dropout=0.9',
    ],
    /no setting "discriminator\.dropout" with discriminator\.backbone=mlp/,
  ],
  ['no value', ['train', 'dcgan', '--data', 'tiny', '--set', 'latent'], /--set takes key=value/],
  [
    'a preset',
    ['train', 'dcgan', '--data', 'tiny', '--preset', 'quik'],
    /no preset "quik"\. Did you mean "quick"\?/,
  ],
  [
    'threads of a backend that takes none',
    ['train', 'dcgan', '--data', 'tiny', '--backend', 'cpu', '--threads', '2'],
    /"cpu" takes no --threads: .*--backend wasm/,
  ],
  ['a number', ['train', 'dcgan', '--data', 'tiny', '--batch', '0'], /whole number >= 1/],
  [
    'a batch beyond the data',
    ['train', 'dcgan', '--data', 'tiny', '--batch', '64'],
    /batches of 64 images, more than the 48 of tiny: lower the batch/,
  ],
  [
    'two lengths',
    ['train', 'dcgan', '--data', 'tiny', '--steps', '1', '--epochs', '1'],
    /cannot be used with/,
  ],
  [
    'a backend',
    ['train', 'dcgan', '--data', 'tiny', '--backend', 'wsam'],
    /no backend "wsam"\. Did you mean "wasm"\?/,
  ],
  [
    'a backend not here',
    ['train', 'dcgan', '--data', 'tiny', '--backend', 'node-gpu'],
    /tfjs-node-gpu is not installed\. Run `npm install/,
  ],
  [
    'no size',
    ['train', 'dcgan', '--data', 'photos'],
    /photos is a folder of images: say what size.*size 64, or 48x64/,
  ],
  ['a size', ['train', 'dcgan', '--data', 'photos', '--size', '64px'], /'64px' is invalid\. It takes pixels/],
  [
    'channels',
    ['train', 'dcgan', '--data', 'photos', '--size', '8', '--channels', '2'],
    /1 \(gray\), 3 \(RGB\)/,
  ],
  [
    'a size of data that has one',
    ['train', 'dcgan', '--data', 'tiny', '--size', '8'],
    /size is for folders of images/,
  ],
  [
    'no image',
    ['train', 'dcgan', '--data', 'empty', '--size', '8'],
    /empty: number of images is 0.*Add images: png/,
  ],
  [
    'too many corrupt images',
    ['train', 'dcgan', '--data', 'broken', '--size', '8'],
    /broken: number of unreadable images is 2 or more: 1\.png \(.*2\.png/s,
  ],
  [
    'data without classes',
    ['train', 'cgan', '--data', 'photos', '--size', '8'],
    /cgan needs images with class labels, but photos has images of 8x8x3\. Data that suits: mnist, .*a folder of images for each class/,
  ],
  [
    'data without pairs',
    ['train', 'pix2pix', '--data', 'tiny'],
    /pix2pix needs pairs of images.*but tiny has images of 8x8x1 in 3 classes\. Data that suits: emoji-pairs/,
  ],
  [
    'data of one domain',
    ['train', 'cyclegan', '--data', 'photos', '--size', '8'],
    /photos has no folders sources\/ and images\//,
  ],
  ['a factor', ['train', 'dcgan', '--data', 'tiny', '--factor', '2'], /factor is for super-resolution/],
  ['a truncated file', ['train', 'dcgan', '--data', 'truncated'], /truncated.*train-images-idx3-ubyte.*100/s],
  [
    'a full folder',
    ['train', 'dcgan', '--data', 'tiny', '--batch', '8', '--out', 'full'],
    /folder full exists and is not an empty folder/,
  ],
  [
    'an unwritable folder',
    ['train', 'dcgan', '--data', 'tiny', '--batch', '8', '--out', 'not.json/run'],
    /not\.json\/run cannot be made/,
  ],
  [
    'a config that is no JSON',
    ['train', 'dcgan', '--data', 'tiny', '--config', 'not.json'],
    /not\.json is not JSON/,
  ],
  [
    'a config of another kind',
    ['train', 'dcgan', '--data', 'tiny', '--config', 'wrong.json'],
    /wrong\.json.*batch/s,
  ],
  [
    'a config that is not there',
    ['train', 'dcgan', '--data', 'tiny', '--config', 'none.json'],
    /--config cannot be read.*none\.json/,
  ],
  [
    'an image size',
    ['train', 'dcgan', '--data', 'tiny', '--set', 'generator.stages=4'],
    /stages is 4; an image of 8x8 can be halved 1 to 3 times/,
  ],
  ['a run', ['sample', 'empty'], /empty holds no run: it has no config\.json/],
  ['an ending', ['sample', 'empty', '--out', 'x.jpg'], /ends in \.png/],
];

describe('a mistake in', () => {
  it.concurrent.each(mistakes)(
    '%s is told in one error, and leaves nothing behind',
    async (_, args, says) => {
      const { code, stderr } = await gan(dir, ...args);
      expect(stderr).toMatch(says);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(stderr.match(/error:/g)).toHaveLength(1);
      expect(code).toBe(1);
      expect(existsSync(join(dir, 'runs'))).toBe(false);
    },
  );

  it('the length of a step is told, and leaves a folder that was there', async () => {
    mkdirSync(join(dir, 'mine'));
    await gan(
      dir,
      'train',
      'dcgan',
      '--data',
      'tiny',
      '--batch',
      '64',
      '--out',
      'mine',
      ...small.slice(0, -2),
    );
    expect(readdirSync(join(dir, 'mine'))).toEqual([]);
  });

  it.each([
    ['--label', '1', /dcgan does not make images from a class: its task is/],
    ['--input', 'photos', /dcgan does not make images from other images/],
    ['--caption', 'a cat', /dcgan does not make images from captions/],
  ])('%s of a run that does not take it is told', async (flag, value, says) => {
    if (!existsSync(join(dir, 'damaged')))
      await gan(dir, 'train', 'dcgan', '--data', 'tiny', '--out', 'damaged', '--steps', '1', ...small);
    const { stderr } = await gan(dir, 'sample', 'damaged', flag, value);
    expect(stderr).toMatch(says);
  });

  it('a damaged checkpoint is told, by its file', async () => {
    const file = join(dir, 'damaged/checkpoints/step-0000001.safetensors');
    truncateSync(file, readFileSync(file).length - 4);
    const { code, stderr } = await gan(dir, 'sample', 'damaged');
    expect(stderr).toMatch(/error: damaged\/checkpoints\/step-0000001\.safetensors is damaged/);
    expect(code).toBe(1);
  });
});
