import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cifar10, cifar100 } from '../node.js';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ganjs-cifar-'));
});
afterAll(() => rm(root, { recursive: true }));

describe('cifar10', () => {
  it('joins the five training files, with the names beside them', async () => {
    const dir = join(root, 'ten', 'cifar-10-batches-bin'); // as the archive unpacks
    await mkdir(dir, { recursive: true });
    const record = (label: number) => Uint8Array.from([label, ...new Uint8Array(3072)]);
    for (let k = 1; k <= 5; k++) await writeFile(join(dir, `data_batch_${k}.bin`), record(k));
    await writeFile(join(dir, 'test_batch.bin'), record(9));
    await writeFile(join(dir, 'batches.meta.txt'), `${cifar10.classes!.join('\n')}\n\n`);
    const train = await cifar10.open({ root: join(root, 'ten') });
    expect(train.info).toEqual({ name: 'cifar10', size: 5, image: cifar10.image, classes: cifar10.classes });
    expect((await cifar10.open({ root: dir, split: 'test' })).info.size).toBe(1);
  });

  it('says what is missing and where to get it', async () => {
    await expect(cifar10.open({ root })).rejects.toThrow(
      /cifar10: data is not found, expected data_batch_1.bin, .* in .*Fetch cifar-10-binary.tar.gz from https/,
    );
  });
});

describe('cifar100', () => {
  it('takes the fine labels and their names', async () => {
    const dir = join(root, 'hundred');
    await mkdir(dir);
    await writeFile(join(dir, 'train.bin'), Uint8Array.from([0, 2, ...new Uint8Array(3072)]));
    await writeFile(join(dir, 'fine_label_names.txt'), 'apple\nbaby\nbear\n');
    expect((await cifar100.open({ root: dir })).info).toMatchObject({
      size: 1,
      classes: ['apple', 'baby', 'bear'],
    });
  });
});
