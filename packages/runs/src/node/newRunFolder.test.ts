import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { newRunFolder } from './newRunFolder.js';

describe('newRunFolder', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'ganjs-new-run-'));
  });

  it('makes the folder, and removes what it made, but nothing that is in use', async () => {
    const [one, two] = [
      await newRunFolder(join(dir, 'runs/one'), ''),
      await newRunFolder(join(dir, 'runs/two'), ''),
    ];
    await two.storage.write('config.json', '{}');
    await one.storage.write('samples/a.png', 'x');
    await one.remove();
    expect(readdirSync(join(dir, 'runs'))).toEqual(['two']);
    const alone = await newRunFolder(join(dir, 'other/three'), '');
    await alone.remove();
    expect(readdirSync(dir)).toEqual(['runs']);
  });

  it('leaves a folder that was there, empty', async () => {
    mkdirSync(join(dir, 'mine'));
    const folder = await newRunFolder(join(dir, 'mine'), '');
    await folder.storage.write('config.json', '{}');
    await folder.remove();
    expect(readdirSync(join(dir, 'mine'))).toEqual([]);
  });

  it('refuses a folder that is full, or cannot be made', async () => {
    writeFileSync(join(dir, 'letter.txt'), 'dear');
    await expect(newRunFolder(dir, '')).rejects.toThrow('exists and is not an empty folder');
    await expect(newRunFolder(join(dir, 'letter.txt/run'), '')).rejects.toThrow('cannot be made');
    expect(existsSync(join(dir, 'letter.txt'))).toBe(true);
  });
});
