import { registerWasmBackend } from '@ganjs/backend-wasm';
import { disposeBatch, type TranslationBatch } from '@ganjs/datasets';
import { openEmojiDomains } from '@ganjs/datasets/node';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluationsFor, unpairedTranslation } from './index.js';
import { rowsOf, runOf, translation } from './testing.js';

const N = 16;

beforeAll(async () => void (await tf.setBackend(await registerWasmBackend())));

describe('unpairedTranslation', () => {
  it('finds what is not changed as far as it was, and the other domain itself at no distance', async () => {
    const data = await openEmojiDomains({ split: 'test' });
    const untouched = {
      ...runOf('unpaired-translation', data, translation(tf.clone), N),
      reverse: (images: tf.Tensor4D) => images.clone(),
    };
    expect(evaluationsFor(untouched)).toEqual([unpairedTranslation]);
    const scores = await unpairedTranslation.evaluate(untouched);
    expect(scores).toMatchObject({ images: N, cycle: 0, moved: 0 });
    const frechet = scores.frechet!;
    expect(frechet.translated).toBe(frechet.untouched);
    expect(unpairedTranslation.summary(scores)).toMatch(
      /moves 16 held-out images by an L1 of 0\.0000, they come back with an L1 of 0\.0000; the Fréchet distance to the other domain is (.*), before it was \1\./,
    );

    const other = await rowsOf<TranslationBatch>(data, N);
    const arrived = await unpairedTranslation.evaluate(
      runOf(
        'unpaired-translation',
        data,
        translation(() => other.images.clone()),
        N,
      ),
    );
    disposeBatch(other);
    const far = arrived.frechet!;
    expect(far.untouched).toBeCloseTo(frechet.untouched, 6);
    expect(far.translated).toBeLessThan(1e-6 * far.untouched);
    expect(arrived).not.toHaveProperty('cycle');
    expect(arrived.moved).toBeGreaterThan(0.05);
  });

  it('measures what comes back: 0.1 off in a range of 2 is 0.05', async () => {
    const data = await openEmojiDomains({ split: 'test' });
    const run = runOf('unpaired-translation', data, translation(tf.clone), N);
    const { cycle } = await unpairedTranslation.evaluate({
      ...run,
      reverse: (x) => tf.sub(tf.add(x, 0.1), 0.2),
    });
    expect(cycle).toBeCloseTo(0.05, 6);
  });
});
