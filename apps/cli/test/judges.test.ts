import { registerWasmBackend } from '@ganjs/backend-wasm';
import { type Dataset, fromArrays, superResolution as pairsOf, resizeBicubic } from '@ganjs/datasets';
import { openEmojiCaptions } from '@ganjs/datasets/node';
import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { captions } from '../src/judges/captions.js';
import type { TrainedRun } from '../src/judges/judge.js';
import { superResolution } from '../src/judges/superResolution.js';

beforeAll(async () => void (await tf.setBackend(await registerWasmBackend())));

/** A run whose game is a function of what it is given. */
function runOf(
  task: TrainedRun['task'],
  data: Dataset,
  sample: TrainedRun['sample'],
  n = data.info.size,
): TrainedRun {
  const open = async () => data;
  // The judges ask the game for nothing but samples.
  const game = undefined as unknown as TrainedRun['game'];
  return {
    task,
    data: data.info.name,
    info: data.info,
    game,
    n,
    seed: 1,
    sample,
    heldOut: open,
    trainedOn: open,
  };
}

describe('the judge of super-resolution', () => {
  const image = { height: 24, width: 24, channels: 3 };
  const bytes = Uint8Array.from(stream(3).integers(4 * 24 * 24 * 3, 200), (value) => value + 20);
  const data = pairsOf(fromArrays({ name: 'noise', images: bytes, image }), 2);
  const enlarge = async (given?: object) => {
    const { sources } = given as { sources: tf.Tensor4D };
    const values = resizeBicubic(await sources.data<'float32'>(), sources.shape, image);
    return tf.tidy(() => tf.clipByValue(tf.tensor4d(values, [sources.shape[0], 24, 24, 3]), -1, 1));
  };

  it('gives what interpolates the scores of interpolation', async () => {
    const run = runOf('super-resolution', data, (_, given) => enlarge(given));
    expect(superResolution.suits(run)).toBe(true);
    const scores = await superResolution.evaluate(run);
    expect(scores.images).toBe(4);
    expect(scores.generated).toEqual(scores.bicubic);
    expect(superResolution.summary(scores)).toMatch(
      /PSNR (\d+\.\d\d) against \1 dB, SSIM (.*) against \2, perceptual/,
    );
  });

  it('takes PSNR of luma inside of the border: one byte off is 49.45 dB', async () => {
    const run = runOf('super-resolution', data, async () => {
      for await (const { images, sources } of data.batches({ batch: 4, seed: 1, epoch: 0 })) {
        sources.dispose();
        const off = tf.tidy(() => {
          const inner = tf.pad(
            tf.fill([4, 20, 20, 3], 1 / 127.5),
            [
              [0, 0],
              [2, 2],
              [2, 2],
              [0, 0],
            ],
            0.5,
          );
          return tf.sub<tf.Tensor4D>(images, inner);
        });
        images.dispose();
        return off;
      }
      throw new Error('no batch');
    });
    const { generated } = (await superResolution.evaluate(run)) as Record<string, { psnr: number }>;
    expect(generated!.psnr).toBeCloseTo(20 * Math.log10((255 * 255) / 219), 2);
  });

  it('leaves to others what it cannot compare', () => {
    const run = runOf('super-resolution', data, () => enlarge());
    expect(superResolution.suits({ ...run, task: 'paired-translation' })).toBe(false);
    expect(superResolution.suits({ ...run, info: { ...run.info, image: { ...image, channels: 4 } } })).toBe(
      false,
    );
  });
});

describe('the judge of captions', () => {
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
    const paint: TrainedRun['sample'] = async () => {
      for await (const { images, ...given } of data.batches({ batch: SIZE, seed: 1, epoch: 0 })) {
        tf.dispose((given as unknown as { embeddings: tf.Tensor }).embeddings);
        const painted = tf.tidy(() => {
          const order = tf
            .range(0, SIZE, 1, 'int32')
            .add(tf.scalar(shift, 'int32'))
            .mod(tf.scalar(SIZE, 'int32'));
          return tf.gather(images, order as tf.Tensor1D);
        });
        images.dispose();
        return painted;
      }
      throw new Error('no batch');
    };
    const run = runOf('text-to-image', data, paint, SIZE);
    expect(captions.suits(run)).toBe(true);
    const scores = await captions.evaluate(run);
    expect(captions.summary(scores)).toMatch(/among 10 in .*% of 12 captions that were trained on/);
    return (scores as Record<string, { accuracy: number }>).heldOut!.accuracy;
  };

  it('finds every image that is painted as it is, and none that is painted as another', async () => {
    expect(await accuracyOf(0)).toBe(1);
    expect(await accuracyOf(1)).toBeLessThanOrEqual(0.25);
  });
});
