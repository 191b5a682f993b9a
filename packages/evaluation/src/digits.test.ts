import { registerWasmBackend } from '@ganjs/backend-wasm';
import type { LabelledBatch } from '@ganjs/datasets';
import { disposeBatch } from '@ganjs/datasets';
import { fashionMnist, mnist } from '@ganjs/datasets/node';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainedRun } from './evaluation.js';
import { digits, evaluationsFor } from './index.js';
import { rowsOf, runOf } from './testing.js';

beforeAll(async () => void (await tf.setBackend(await registerWasmBackend())));

/** A run that answers class k with a real image of digit k + shift, and that is asked for 100 images. */
async function runOfReal(task: TrainedRun['task'], shift: number): Promise<TrainedRun & { dispose(): void }> {
  const data = await mnist.open({ split: 'test' });
  const real = await rowsOf<LabelledBatch>(data, 200);
  const digitOf = [...(await real.labels.data())];
  const sample: TrainedRun['sample'] = async (n, condition) => {
    const { labels } = (condition ?? {}) as { labels?: tf.Tensor1D };
    const asked = labels ? [...(await labels.data())] : Array.from({ length: n }, (_, i) => i % 10);
    const rows = asked.map((label) => digitOf.indexOf((label + shift) % 10));
    return tf.tidy(() => tf.gather(real.images, tf.tensor1d(rows, 'int32')));
  };
  return { ...runOf(task, data, sample, 100), dispose: () => disposeBatch(real) };
}

describe('digits', () => {
  it('knows MNIST by what the data tells of itself, and nothing that only has its shape', async () => {
    const { info } = await mnist.open({ split: 'test' });
    expect(evaluationsFor({ task: 'image-synthesis', info })).toEqual([digits]);
    expect(evaluationsFor({ task: 'class-conditional', info })).toEqual([digits]);
    expect(evaluationsFor({ task: 'text-to-image', info })).toEqual([]);
    expect(evaluationsFor({ task: 'image-synthesis', info: { ...info, name: fashionMnist.name } })).toEqual(
      [],
    );
    const large = { ...info, image: { height: 32, width: 32, channels: 1 } };
    expect(evaluationsFor({ task: 'image-synthesis', info: large })).toEqual([]);
  });

  it('asks a conditional run for each digit, and says how many came', async () => {
    const right = await runOfReal('class-conditional', 0);
    const scores = await digits.evaluate(right);
    expect(scores).toMatchObject({ samples: 100, classesCovered: 10, agreement: 1 });
    expect(digits.summary(scores)).toMatch(
      /Of 100 samples a classifier finds 10 of 10 digits, the most frequent in 10\.0%, .*, 100\.0% are the digit that was asked for; Fréchet distance on its features: /,
    );
    right.dispose();
    const wrong = await runOfReal('class-conditional', 1);
    expect((await digits.evaluate(wrong)).agreement).toBe(0);
    wrong.dispose();
  });

  it('matches categories that a run found by itself to the digits that they are', async () => {
    const run = await runOfReal('image-synthesis', 3);
    const scores = await digits.evaluate({ ...run, categories: 10 });
    expect(scores.clustering).toBe(1);
    expect(scores).not.toHaveProperty('agreement');
    expect(digits.summary(scores)).toContain('100.0% are the digit that their category stands for');
    run.dispose();
  });

  it('asks a run without classes for nothing', async () => {
    const run = await runOfReal('image-synthesis', 0);
    const scores = await digits.evaluate(run);
    expect(scores.classesCovered).toBe(10);
    expect(digits.summary(scores)).not.toMatch(/asked for|category/);
    run.dispose();
  });
});
