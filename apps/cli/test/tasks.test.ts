import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeLatents } from '@ganjs/runs';
import { decodePng } from '@ganjs/visuals';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { emptyFolder, gan, small, tinyDataset } from './gan.js';
import { imageFolder, png } from './images.js';

// Some runs load networks to be scored by.
vi.setConfig({ testTimeout: 180_000 });

const dir = emptyFolder();
const noError = expect.not.stringContaining('error') as string;
const read = (path: string) => readFileSync(join(dir, path));
const json = (path: string) => JSON.parse(read(path).toString()) as Record<string, unknown>;
const size = (path: string) => {
  const { height, width, channels } = decodePng(read(path));
  return [height, width, channels];
};
const train = (variant: string, data: string, ...args: string[]) =>
  gan(dir, 'train', variant, '--data', data, '--out', `run-${data}`, '--steps', '2', ...args);

beforeAll(() => {
  imageFolder(join(dir, 'faces'), 12, 20);
  writeFileSync(join(dir, 'faces/cut.png'), png(1, 20).subarray(0, 300));
  writeFileSync(join(dir, 'faces/notes.txt'), 'mine');
  imageFolder(join(dir, 'pets/cats'), 6, 20);
  imageFolder(join(dir, 'pets/dogs'), 6, 20);
  imageFolder(join(dir, 'side'), 9, 16, 32);
  imageFolder(join(dir, 'domains/sources'), 5, 16);
  imageFolder(join(dir, 'domains/images'), 9, 16);
  imageFolder(join(dir, 'captioned'), 8, 16);
  const captions = Array.from({ length: 8 }, (_, k) => ({
    file: `${k}.png`,
    caption: `stripes, number ${k}`,
  }));
  writeFileSync(
    join(dir, 'captioned/captions.jsonl'),
    captions.map((line) => JSON.stringify(line)).join('\n'),
  );
});

describe('a folder of images', () => {
  it('is trained on; what cannot be read is named; resume and sample know its size', async () => {
    const { code, stdout, stderr } = await train('dcgan', 'faces', '--size', '12x16', ...small);
    expect({ code, stderr }).toEqual({ code: 0, stderr: noError });
    expect(stdout).toMatch(/faces: 12 read, 1 skipped, 1 ignored.*\n {2}skipped cut\.png: \S/);
    const skipped = [{ path: 'cut.png', reason: expect.any(String) as string }];
    expect(json('run-faces/data-report.json')).toEqual({ read: 12, skipped, ignored: ['notes.txt'] });
    expect(json('run-faces/config.json')).toMatchObject({
      data: { name: 'faces', size: { height: 12, width: 16 } },
      info: { name: 'faces', size: 12, image: { height: 12, width: 16, channels: 3 } },
    });
    expect((await gan(dir, 'resume', 'run-faces', '--steps', '3')).code).toBe(0);
    expect(readdirSync(join(dir, 'run-faces/checkpoints'))).toContain('step-0000003.safetensors');
    await gan(dir, 'sample', 'run-faces', '--n', '1', '--out', 'face.png');
    // One image of 12x16, enlarged four times, with a border of 2.
    expect(size('face.png')).toEqual([4 * (12 + 4), 4 * (16 + 4), 3]);
  });

  it('of folders has classes', async () => {
    const { code } = await train('cgan', 'pets', '--size', '8', '--channels', '1', ...small, '--batch', '4');
    expect(code).toBe(0);
    expect(json('run-pets/config.json')).toMatchObject({
      info: { classes: ['cats', 'dogs'], image: { channels: 1 } },
    });
    expect((await gan(dir, 'sample', 'run-pets', '--label', 'dogs', '--n', '2')).code).toBe(0);
  });
});

/** A tiny run of each kind of task whose images are made from something: flags, and images in a strip. */
const patches = ['--set', 'generator.width=4', '--set', 'discriminator.width=4', '--batch', '2'];
const tasks: [variant: string, data: string, flags: string[], parts: number][] = [
  ['pix2pix', 'side', ['--size', '16', ...patches, '--set', 'discriminator.layers=1'], 3],
  [
    'cyclegan',
    'domains',
    ['--size', '16', ...patches, '--set', 'generator.blocks=1', '--set', 'discriminator.layers=1'],
    2,
  ],
  [
    'srgan',
    'faces',
    [
      ...[
        '--size',
        '32',
        '--factor',
        '2',
        '--batch',
        '2',
        '--set',
        'generator.blocks=1',
        '--set',
        'generator.width=4',
      ],
      ...['--set', 'discriminator.width=4', '--set', 'discriminator.hiddenUnits=8', '--out', 'run-large'],
    ],
    3,
  ],
  ['text-to-image', 'captioned', ['--size', '16', ...patches], 2],
];

describe.each(tasks)('%s', (variant, data, flags, parts) => {
  const run = flags.includes('--out') ? flags.at(-1)! : `run-${data}`;

  it('trains on a folder, shows each image beside what it is made from, and repeats itself', async () => {
    const runs = [flags, [...flags, '--out', `again-${variant}`]];
    const [first, again] = await Promise.all(runs.map((args) => train(variant, data, ...args)));
    for (const result of [first, again]) expect(result).toMatchObject({ code: 0, stderr: noError });
    const { image } = json(`${run}/config.json`).info as { image: { width: number } };
    const [, width] = size(`${run}/final.png`);
    expect(width).toBe((64 / image.width) * (3 * (parts * image.width + 4) + 4));
    for (const file of ['final.png', 'checkpoints/step-0000002.safetensors']) {
      expect(read(`again-${variant}/${file}`).equals(read(`${run}/${file}`)), file).toBe(true);
    }
  });
});

describe('--source', () => {
  const flags = ['--size', '16', ...patches, '--set', 'discriminator.layers=1'];
  const BORDER = 16;
  /** The k-th of the three images of 16x16 in the first strip of a picture, which is enlarged four times. */
  const part = (run: string, k: number) => {
    const { width, channels, data } = decodePng(read(`${run}/final.png`));
    const row = (y: number) =>
      data.subarray((y * width + BORDER + 64 * k) * channels).subarray(0, 64 * channels);
    return Buffer.concat(Array.from({ length: 64 }, (_, y) => row(BORDER + y)));
  };

  it('says which half of a picture is given', async () => {
    for (const half of ['left', 'right']) {
      const { code } = await train('pix2pix', 'side', ...flags, '--source', half, '--out', half);
      expect(code).toBe(0);
    }
    expect(part('right', 0).equals(part('left', 2))).toBe(true);
    expect(part('right', 2).equals(part('left', 0))).toBe(true);
    expect(part('right', 0).equals(part('left', 0))).toBe(false);
  });

  it('is refused where there are no halves', async () => {
    const { code, stderr } = await train('dcgan', 'faces', '--size', '16', '--source', 'left', '--out', 'no');
    expect(code).toBe(1);
    expect(stderr).toContain('source is for pictures that show a pair side by side: leave it out.');
  });
});

describe('--features', () => {
  const flags = [
    ...['--size', '16', ...patches],
    ...['--set', 'generator.blocks=1', '--set', 'discriminator.layers=1'],
  ];

  it('gives a content loss its network, also when resumed and sampled', async () => {
    const contextual = ['--set', 'objective.contextualWeight=1', '--features', 'inception', '--out', 'seen'];
    const { code, stdout } = await train('cyclegan', 'domains', ...flags, ...contextual);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('contextual') as string });
    expect(json('seen/config.json')).toMatchObject({ training: { features: 'inception' } });
    expect((await gan(dir, 'resume', 'seen', '--steps', '3')).code).toBe(0);
    expect((await gan(dir, 'sample', 'seen', '--n', '1')).code).toBe(0);
  });

  it('is asked for where it is missing, and refused where nothing uses it', async () => {
    const [missing, useless] = await Promise.all([
      train('cyclegan', 'domains', ...flags, '--set', 'objective.contextualWeight=1', '--out', 'unseen'),
      train('dcgan', 'faces', '--size', '16', ...small, '--features', 'inception', '--out', 'useless'),
    ]);
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('--features') as string });
    expect(useless).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('dcgan has no use for features: leave features out.') as string,
    });
    expect(readdirSync(dir)).not.toEqual(expect.arrayContaining(['unseen', 'useless']));
  });
});

describe('points', () => {
  it('are shown in a cloud over real ones, and scored by the modes they find', async () => {
    const tiny = [
      '--set',
      'generator.backbone=mlp',
      '--set',
      'discriminator.backbone=mlp',
      '--set',
      'generator.width=8',
      '--set',
      'discriminator.width=8',
    ];
    const { code, stdout } = await train('dcgan', 'ring', ...tiny, '--batch', '16');
    expect(code).toBe(0);
    expect(stdout).toMatch(/2500 points find \d of 8 modes; .*% lie within three deviations of one/);
    const { counts, ...scores } = json('run-ring/metrics.json');
    expect(counts).toHaveLength(8);
    expect(scores).toMatchObject({ samples: 2500, modes: 8 });
    expect(size('run-ring/final.png')).toEqual([480, 480, 3]);
  });
});

describe('categories', () => {
  it('stand in columns, have a picture of their codes, and are sampled by number', async () => {
    mkdirSync(join(dir, 'digits'));
    tinyDataset(join(dir, 'digits'));
    const tiny = [
      '--set',
      'generator.width=8',
      '--set',
      'discriminator.width=4',
      '--set',
      'generator.hiddenUnits=8',
      '--set',
      'discriminator.hiddenUnits=8',
    ];
    const { code } = await train('infogan', 'digits', ...tiny, '--batch', '8');
    expect(code).toBe(0);
    // Ten categories of 8x8 pixels, enlarged eight times, with a border of 2 around each.
    expect(size('run-digits/final.png')).toEqual([8 * (8 * 10 + 2), 8 * (10 * 10 + 2), 1]);
    expect(readdirSync(join(dir, 'run-digits'))).toContain('codes.png');
    const [asked, wrong] = await Promise.all(
      ['7', '10'].map((label) => gan(dir, 'sample', 'run-digits', '--n', '2', '--label', label)),
    );
    expect(asked!.code).toBe(0);
    expect(wrong!.stderr).toMatch(/no class "10"\. A number from 0 to 9 works\./);
  });
});

describe('gan sample', () => {
  it('makes one image of one, and a strip each of several', async () => {
    mkdirSync(join(dir, 'inputs'));
    for (const k of [1, 2]) writeFileSync(join(dir, `inputs/${k}.png`), png(k, 40, 50));
    const [one, many] = await Promise.all([
      gan(dir, 'sample', 'run-large', '--input', 'inputs/1.png', '--out', 'one.png'),
      gan(dir, 'sample', 'run-large', '--input', 'inputs', '--out', 'many.png'),
    ]);
    for (const result of [one, many]) expect(result).toMatchObject({ code: 0, stderr: noError });
    expect(size('one.png')).toEqual([32, 32, 3]);
    expect(size('many.png')).toEqual([2 * (2 * (32 + 4) + 4), 2 * (2 * 32 + 8), 3]);
  });

  it('says how many latents the held-out captions are for', async () => {
    const { latent } = json('run-captioned/config.json').config as { latent: number };
    const latents = { data: new Float32Array(9 * latent), shape: [9, latent] };
    writeFileSync(join(dir, 'many.npz'), encodeLatents(latents));
    const { code, stderr } = await gan(dir, 'sample', 'run-captioned', '--latents', 'many.npz');
    expect(code).toBe(1);
    expect(stderr).toContain('9 latents came, but 8 held-out captions are there to go with them');
  });

  it('paints captions', async () => {
    const result = await gan(
      dir,
      ...[
        'sample',
        'run-captioned',
        '--caption',
        'red stripes',
        '--caption',
        'blue',
        '--n',
        '4',
        '--out',
        'red.png',
      ],
    );
    expect(result).toMatchObject({ code: 0, stderr: noError });
    expect(size('red.png')).toEqual([4 * (2 * 18 + 2), 4 * (2 * 18 + 2), 3]);
    expect(read('run-captioned/captions.txt').toString().split('\n').sort()).toContain('stripes, number 3');
  });
});
