import { registerWasmBackend } from '@ganjs/backend-wasm';
import { disposeBatch, type TranslationBatch } from '@ganjs/datasets';
import { openEmojiPairs } from '@ganjs/datasets/node';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluationsFor, pairedTranslation } from './index.js';
import { rowsOf, runOf, translation } from './testing.js';

const N = 16;

beforeAll(async () => void (await tf.setBackend(await registerWasmBackend())));

describe('pairedTranslation', () => {
  it('gives who copies the scores of copying, and who knows the answer the best ones', async () => {
    const data = await openEmojiPairs({ split: 'test' });
    const copy = runOf('paired-translation', data, translation(tf.clone), N);
    expect(evaluationsFor(copy)).toEqual([pairedTranslation]);
    const scores = await pairedTranslation.evaluate(copy);
    expect(scores.images).toBe(N);
    expect(scores.generated).toEqual(scores.copied);
    expect(scores.l1Saved).toBe(0);
    expect(pairedTranslation.summary(scores)).toMatch(
      /On 16 held-out pairs.*: L1 (0\.\d{4}) against \1 \(0\.0% less\), PSNR (.*) against \2 dB, SSIM (.*) against \3\./,
    );

    const answer = await rowsOf<TranslationBatch>(data, N);
    const near = runOf(
      'paired-translation',
      data,
      translation(() => tf.sub(answer.images, 0.02)),
      N,
    );
    const { generated, l1Saved } = await pairedTranslation.evaluate(near);
    disposeBatch(answer);
    // 0.02 of a range of 2, everywhere.
    expect(generated.l1).toBeCloseTo(0.01, 6);
    expect(generated.psnr).toBeCloseTo(40, 3);
    expect(generated.ssim).toBeGreaterThan(0.95);
    expect(l1Saved).toBeGreaterThan(0.8);
  });

  it('leaves to others what cannot be copied', async () => {
    const { info } = await openEmojiPairs({ split: 'test' });
    const gray = { ...info, source: { height: 32, width: 32, channels: 1 } };
    expect(evaluationsFor({ task: 'paired-translation', info: gray })).toEqual([]);
    const small = { ...info, image: { ...info.image, height: 8 }, source: { ...info.source, height: 8 } };
    expect(evaluationsFor({ task: 'paired-translation', info: small })).toEqual([]);
  });
});
