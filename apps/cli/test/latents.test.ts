import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeLatents, encodeLatents } from '@ganjs/runs';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, gan, small, tinyDataset } from './gan.js';
import { imageFolder } from './images.js';

const dir = emptyFolder();
const file = (name: string) => join(dir, name);
const readLatents = (name: string) => decodeLatents(readFileSync(file(name)), name);
const fixture = new URL('../../../packages/runs/fixtures/latents-float32.npz', import.meta.url).pathname;

describe('gan sample', () => {
  const sample = (...args: string[]) => gan(dir, 'sample', 'run', '--n', '4', ...args);
  const png = (name: string) => readFileSync(file(name));

  beforeAll(async () => {
    mkdirSync(file('tiny'));
    tinyDataset(file('tiny'));
    const flags = ['--data', 'tiny', '--out', 'run', '--steps', '2'];
    const { code, stderr } = await gan(dir, 'train', 'cgan', ...flags, ...small);
    expect(stderr).not.toContain('error');
    expect(code).toBe(0);
  });

  it('--save-latents keeps what the images are made from, and --latents makes them again', async () => {
    const { stdout } = await sample('--label', '1', '--out', 'first.png', '--save-latents');
    expect(stdout).toBe('first.png\nfirst.npz\n');
    expect(readLatents('first.npz')).toMatchObject({ shape: [4, 5] });
    await gan(
      dir,
      'sample',
      'run',
      '--label',
      '1',
      '--latents',
      'first.npz',
      '--seed',
      '9',
      '--out',
      'again.png',
    );
    expect(png('again.png')).toEqual(png('first.png'));
    // They are those that are drawn anyway.
    await sample('--label', '1', '--out', 'plain.png');
    expect(png('plain.png')).toEqual(png('first.png'));
  });

  it('--truncation draws nearer to the mean', async () => {
    await sample('--label', '1', '--truncation', '0.5', '--out', 'near.png', '--save-latents', 'near.npz');
    const [whole, near] = [readLatents('first.npz'), readLatents('near.npz')];
    expect([...near.data]).toEqual([...whole.data].map((value) => value / 2));
    expect(png('near.png')).not.toEqual(png('first.png'));
  });

  it('says what is wrong in a sentence', async () => {
    const failing = async (...args: string[]) => {
      const { code, stderr } = await gan(dir, 'sample', 'run', ...args);
      expect(code).toBe(1);
      return stderr;
    };
    expect(await failing('--truncation', '1.5')).toContain('It takes a number above 0, and at most 1.');
    expect(await failing('--latents', fixture, '--truncation', '0.5')).toContain('cannot be used with');
    writeFileSync(file('wide.npz'), encodeLatents({ data: new Float32Array(14), shape: [2, 7] }));
    expect(await failing('--latents', 'wide.npz')).toContain(
      'The latents have shape [2,7], but those of cgan have [n, 5].',
    );
  });

  it('refuses latents where images are made from images', async () => {
    imageFolder(file('pictures'), 6, 16);
    const small = [
      'generator.blocks=1',
      'generator.width=4',
      'discriminator.width=2',
      'discriminator.hiddenUnits=4',
    ];
    const flags = [
      '--data',
      'pictures',
      '--size',
      '16',
      '--batch',
      '2',
      '--steps',
      '1',
      '--out',
      'enlarging',
    ];
    await gan(dir, 'train', 'srgan', ...flags, ...small.flatMap((setting) => ['--set', setting]));
    const { code, stderr } = await gan(dir, 'sample', 'enlarging', '--truncation', '0.5');
    expect(code).toBe(1);
    expect(stderr).toContain('srgan has no latents to be given or truncated: its task is super-resolution.');
  });
});
