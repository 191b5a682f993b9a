import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it('shows an example that works', async () => {
  expect(read('../README.md')).toContain(read('./readme.ts'));
  tf.engine().startScope();
  const { augmented, p, seen } = await import('./readme.js');
  expect(seen.shape).toEqual([16, 32, 32, 3]);
  expect(augmented.shape).toEqual([16, 32, 32, 3]);
  expect(Math.abs(p - 0.2)).toBeCloseTo(16 / 500_000, 10);
  tf.engine().endScope();
});
