import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, gan, small, tinyDataset } from './gan.js';

let dir: string;
beforeAll(() => {
  dir = emptyFolder();
  mkdirSync(join(dir, 'tiny'));
  tinyDataset(join(dir, 'tiny'));
});

const train = (variant: string, ...args: string[]) =>
  gan(dir, 'train', variant, '--data', 'tiny', '--steps', '2', '--batch', '8', '--threads', '1', ...args);

describe('gan doctor', () => {
  it('names the backends, and what auto takes', async () => {
    const { stdout, code } = await gan(dir, 'doctor');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^wasm +works/m);
    expect(stdout).toMatch(/--backend auto takes \S+\./);
  });

  it('lists the kernels that are not written in WebAssembly, without a run too', async () => {
    const { stdout } = await gan(dir, 'doctor', '--kernels');
    expect(stdout).toMatch(/^\d+ kernels of TensorFlow.js are not written for the wasm backend/);
    expect(stdout).toContain('FFT');
    expect(stdout).not.toContain('Conv2D,');
    expect(stdout).toContain('No run is in runs/ here');
  });

  it('says that DCGAN uses none of them', async () => {
    const { stderr } = await train('dcgan', ...small, '--backend', 'wasm');
    expect(stderr).not.toContain('--backend auto');
    const { stdout } = await gan(dir, 'doctor', '--kernels');
    expect(stdout).toMatch(/^The last run, runs\/dcgan-tiny, used none of it\.$/m);
  });

  it('says that a folder is no run', async () => {
    const { stderr, code } = await gan(dir, 'doctor', '--kernels', 'tiny');
    expect(code).toBe(1);
    expect(stderr).toContain('tiny does not tell which kernels it used: it has no fallbacks.json');
  });
});

describe('--backend auto', () => {
  it('says what it took and why', async () => {
    const { stderr } = await train('gan', '--out', 'auto', '--json');
    const { training } = JSON.parse(readFileSync(join(dir, 'auto/config.json'), 'utf8')) as {
      training: { backend: string };
    };
    const { backend } = training;
    expect(backend).not.toBe('auto');
    expect(stderr).toMatch(new RegExp(`^--backend auto took ${backend}, `, 'm'));
    if (backend !== 'webgpu') expect(stderr).toMatch(/; not webgpu: \S+/);
  });
});
