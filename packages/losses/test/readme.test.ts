import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it('shows an example that works', async () => {
  expect(read('../README.md')).toContain(read('./readme.ts'));
  tf.engine().startScope();
  const { criticLoss } = await import('./readme.js');
  // Trained, the critic tells real from fake: its loss is below that of a critic that says nothing, 10.
  expect(criticLoss().dataSync()[0]).toBeLessThan(5);
  tf.engine().endScope();
  tf.disposeVariables();
});
