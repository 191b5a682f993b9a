import { registerWasmBackend } from '@ganjs/backend-wasm';
import {
  fromArrays,
  superResolution as pairsOf,
  resizeBicubic,
  type TranslationBatch,
} from '@ganjs/datasets';
import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluationsFor, superResolution } from './index.js';
import { rowsOf, runOf } from './testing.js';

beforeAll(async () => void (await tf.setBackend(await registerWasmBackend())));

describe('superResolution', () => {
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
    expect(evaluationsFor(run)).toEqual([superResolution]);
    const scores = await superResolution.evaluate(run);
    expect(scores.images).toBe(4);
    expect(scores.generated).toEqual(scores.bicubic);
    expect(superResolution.summary(scores)).toMatch(
      /PSNR (\d+\.\d\d) against \1 dB, SSIM (.*) against \2, perceptual/,
    );
  });

  it('takes PSNR of luma inside of the border: one byte off is 49.45 dB', async () => {
    const run = runOf('super-resolution', data, async () => {
      const { images, sources } = await rowsOf<TranslationBatch>(data, 4);
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
      tf.dispose([images, sources]);
      return off;
    });
    const { generated } = await superResolution.evaluate(run);
    expect(generated.psnr).toBeCloseTo(20 * Math.log10((255 * 255) / 219), 2);
  });

  it('leaves to others what it cannot compare', () => {
    const run = runOf('super-resolution', data, () => enlarge());
    expect(evaluationsFor({ ...run, task: 'paired-translation' })).toEqual([]);
    const transparent = { ...run.info, image: { ...image, channels: 4 } };
    expect(evaluationsFor({ ...run, info: transparent })).toEqual([]);
  });
});
