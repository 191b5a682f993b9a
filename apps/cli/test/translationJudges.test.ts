import { registerWasmBackend } from '@ganjs/backend-wasm';
import type { Dataset, TranslationBatch } from '@ganjs/datasets';
import { openEmojiDomains, openEmojiPairs } from '@ganjs/datasets/node';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainedRun } from '../src/judges/judge.js';
import { pairedTranslation } from '../src/judges/pairedTranslation.js';
import { unpairedTranslation } from '../src/judges/unpairedTranslation.js';

beforeAll(async () => void (await tf.setBackend(await registerWasmBackend())));

const N = 16;

/** A run that makes images by a function of the given ones. */
function runOf(
  task: TrainedRun['task'],
  data: Dataset,
  translate: (sources: tf.Tensor4D) => tf.Tensor4D,
  players: object = {},
): TrainedRun {
  const open = async () => data;
  return {
    task,
    data: data.info.name,
    info: data.info,
    game: { players } as TrainedRun['game'],
    n: N,
    seed: 1,
    sample: async (_, given) => tf.tidy(() => translate((given as TranslationBatch).sources)),
    heldOut: open,
    trainedOn: open,
  };
}

/** The images that belong to the first sources. */
async function wanted(data: Dataset): Promise<tf.Tensor4D> {
  for await (const { images, ...rest } of data.batches({ batch: N, seed: 1, epoch: 0 })) {
    tf.dispose(rest);
    return images;
  }
  throw new Error('no batch');
}

describe('the judge of pairs', () => {
  it('gives who copies the scores of copying, and who knows the answer the best ones', async () => {
    const data = await openEmojiPairs({ split: 'test' });
    const copy = runOf('paired-translation', data, (sources) => sources.clone());
    expect(pairedTranslation.suits(copy)).toBe(true);
    const scores = await pairedTranslation.evaluate(copy);
    expect(scores.images).toBe(N);
    expect(scores.generated).toEqual(scores.copied);
    expect(scores.l1Saved).toBe(0);
    expect(pairedTranslation.summary(scores)).toMatch(
      /On 16 held-out pairs.*: L1 (0\.\d{4}) against \1 \(0\.0% less\), PSNR (.*) against \2 dB, SSIM (.*) against \3\./,
    );

    const answer = await wanted(data);
    const near = runOf('paired-translation', data, () => tf.sub(answer, 0.02));
    const { generated, l1Saved } = (await pairedTranslation.evaluate(near)) as unknown as {
      generated: Record<string, number>;
      l1Saved: number;
    };
    answer.dispose();
    // 0.02 of a range of 2, everywhere.
    expect(generated.l1).toBeCloseTo(0.01, 6);
    expect(generated.psnr).toBeCloseTo(40, 3);
    expect(generated.ssim).toBeGreaterThan(0.95);
    expect(l1Saved).toBeGreaterThan(0.8);
  });

  it('leaves to others what cannot be copied', async () => {
    const run = runOf('paired-translation', await openEmojiPairs({ split: 'test' }), (x) => x);
    const gray = { ...run.info, source: { height: 32, width: 32, channels: 1 } };
    expect(pairedTranslation.suits({ ...run, info: gray })).toBe(false);
    expect(pairedTranslation.suits({ ...run, task: 'unpaired-translation' })).toBe(false);
  });
});

describe('the judge of domains', () => {
  it('finds what is not changed as far as it was, and the other domain itself at no distance', async () => {
    const data = await openEmojiDomains({ split: 'test' });
    const identity = tf.sequential({
      layers: [tf.layers.activation({ activation: 'linear', inputShape: [32, 32, 3] })],
    });
    const untouched = runOf('unpaired-translation', data, (x) => x.clone(), {
      toSource: { network: identity },
    });
    expect(unpairedTranslation.suits(untouched)).toBe(true);
    const scores = await unpairedTranslation.evaluate(untouched);
    identity.dispose();
    expect(scores).toMatchObject({ images: N, cycle: 0, moved: 0 });
    const { frechet } = scores as { frechet: { translated: number; untouched: number } };
    expect(frechet.translated).toBe(frechet.untouched);
    expect(unpairedTranslation.summary(scores)).toMatch(
      /moves 16 held-out images by an L1 of 0\.0000, they come back with an L1 of 0\.0000; the Fréchet distance to the other domain is (.*), before it was \1\./,
    );

    const other = await wanted(data);
    const arrived = await unpairedTranslation.evaluate(
      runOf('unpaired-translation', data, () => other.clone()),
    );
    other.dispose();
    const far = (arrived as { frechet: { translated: number; untouched: number } }).frechet;
    expect(far.untouched).toBeCloseTo(frechet.untouched, 6);
    expect(far.translated).toBeLessThan(1e-6 * far.untouched);
    expect(arrived).not.toHaveProperty('cycle');
    expect(arrived.moved).toBeGreaterThan(0.05);
  });
});
