import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readLatents, writeLatents } from '../src/latentsFile.js';
import { emptyFolder, gan, small, tinyDataset } from './gan.js';
import { imageFolder } from './images.js';

const dir = emptyFolder();
const file = (name: string) => join(dir, name);
const fixture = (name: string) => new URL(`../fixtures/${name}`, import.meta.url).pathname;

describe('the file of latents', () => {
  // tools/reference/cli/latents.py
  const values = Array.from({ length: 15 }, (_, i) => i / 8 - 1);

  it.each(['latents-float32.npz', 'latents-float64.npz'])('is read as numpy writes it: %s', async (name) => {
    const { data, shape } = await readLatents(fixture(name));
    expect(shape).toEqual([3, 5]);
    expect([...data]).toEqual(values);
  });

  it('comes back as it was written', async () => {
    const latents = { data: Float32Array.from(values), shape: [3, 5] };
    await writeLatents(file('own.npz'), latents);
    expect(await readLatents(file('own.npz'))).toEqual(latents);
  });

  it('is refused when it is damaged, naming the file and what is wrong', async () => {
    const whole = readFileSync(fixture('latents-float32.npz'));
    writeFileSync(file('cut.npz'), whole.subarray(0, 100));
    await expect(readLatents(file('cut.npz'))).rejects.toThrow(/cut\.npz is no \.npz file/);
    writeFileSync(file('text.npz'), 'latents');
    await expect(readLatents(file('text.npz'))).rejects.toThrow(/text\.npz is no \.npz file/);
    await expect(readLatents(file('none.npz'))).rejects.toThrow(/cannot be read: .*none\.npz/);
    await writeLatents(file('nan.npz'), { data: Float32Array.of(1, Number.NaN), shape: [1, 2] });
    await expect(readLatents(file('nan.npz'))).rejects.toThrow(/its number 1 is NaN/);
    await writeLatents(file('short.npz'), { data: Float32Array.of(1, 2), shape: [2, 2] });
    await expect(readLatents(file('short.npz'))).rejects.toThrow(/its shape \[2,2\] takes 16 bytes, but 8/);
  });
});

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
    expect(await readLatents(file('first.npz'))).toMatchObject({ shape: [4, 5] });
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
    const [whole, near] = [await readLatents(file('first.npz')), await readLatents(file('near.npz'))];
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
    expect(await failing('--latents', fixture('latents-float32.npz'), '--truncation', '0.5')).toContain(
      'cannot be used with',
    );
    await writeLatents(file('wide.npz'), { data: new Float32Array(14), shape: [2, 7] });
    expect(await failing('--latents', 'wide.npz')).toContain(
      'wide.npz holds latents of shape [2,7], but those of cgan have [n, 5].',
    );
  });

  it('refuses latents where images are made from images', async () => {
    imageFolder(file('pictures'), 6, 16);
    const small = ['blocks=1', 'width=4', 'discriminatorWidth=2', 'discriminatorHidden=4'];
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
    expect(stderr).toContain(
      'srgan has no latents (its task is super-resolution): leave --truncation, --latents and --save-latents out.',
    );
  });
});
