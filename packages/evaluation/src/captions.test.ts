import { registerWasmBackend } from '@ganjs/backend-wasm';
import type { Dataset, EmbeddedBatch } from '@ganjs/datasets';
import { openEmojiCaptions } from '@ganjs/datasets/node';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TrainedRun } from './evaluation.js';
import { captions, evaluationsFor } from './index.js';
import { rowsOf, runOf } from './testing.js';

beforeAll(async () => void (await tf.setBackend(await registerWasmBackend())));

describe('captions', () => {
  const SIZE = 12;
  /** The first emoji of the test split, embedded by their number. */
  const embedded = async (): Promise<Dataset> => {
    const emoji = await openEmojiCaptions({ split: 'test' });
    return {
      info: emoji.info,
      batches: () => ({
        async *[Symbol.asyncIterator]() {
          for await (const batch of emoji.batches({ batch: SIZE, seed: 1, epoch: 0 })) {
            yield { ...batch, embeddings: tf.tidy(() => tf.range(0, SIZE).as2D(SIZE, 1)) };
            return;
          }
        },
      }),
    };
  };
  const accuracyOf = async (shift: number) => {
    const data = await embedded();
    const generate: TrainedRun['sample'] = async () => {
      const { images, embeddings } = await rowsOf<EmbeddedBatch>(data, SIZE);
      const shifted = tf.tidy(() => {
        const order = tf
          .range(0, SIZE, 1, 'int32')
          .add(tf.scalar(shift, 'int32'))
          .mod(tf.scalar(SIZE, 'int32'));
        return tf.gather(images, order as tf.Tensor1D);
      });
      tf.dispose([images, embeddings]);
      return shifted;
    };
    const run = runOf('text-to-image', data, generate, SIZE);
    expect(evaluationsFor(run)).toEqual([captions]);
    const scores = await captions.evaluate(run);
    expect(captions.summary(scores)).toMatch(/among 10 in .*% of 12 captions that were trained on/);
    return scores.heldOut?.accuracy;
  };

  it('finds every image that is drawn as it is, and none that is drawn as another', async () => {
    expect(await accuracyOf(0)).toBe(1);
    expect(await accuracyOf(1)).toBeLessThanOrEqual(0.25);
  });
});
