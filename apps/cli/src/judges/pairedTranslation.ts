import { disposeBatch, type TranslationBatch } from '@ganjs/datasets';
import * as tf from '@tensorflow/tfjs';
import { firstRows } from '../data/openData.js';
import type { Judge } from './judge.js';
import { percent } from './words.js';

/** How near images come to the wanted ones, as means over images. */
interface Nearness {
  /** Mean absolute difference, as a share of the range of values. */
  readonly l1: number;
  /** In decibels. */
  readonly psnr: number;
  readonly ssim: number;
}

/** SSIM's window is 11 pixels wide. */
const WINDOW = 11;

/** Compares translated images with the wanted ones, beside giving back the image that was given. */
export const pairedTranslation: Judge = {
  suits: ({ task, info: { image, source } }) =>
    task === 'paired-translation' &&
    source?.height === image.height &&
    source.width === image.width &&
    source.channels === image.channels &&
    Math.min(image.height, image.width) >= WINDOW,

  async evaluate(run) {
    const batch = (await firstRows(await run.heldOut(), run.n, run.seed)) as TranslationBatch;
    const { images, sources } = batch;
    const generated = await run.sample(images.shape[0], { sources });
    const scores = {
      images: images.shape[0],
      generated: await nearness(generated, images),
      copied: await nearness(sources, images),
    };
    disposeBatch(batch);
    generated.dispose();
    return {
      ...scores,
      l1Saved: 1 - scores.generated.l1 / scores.copied.l1,
      protocol: 'held-out pairs; values in [0, 1]; copied: the given image itself, taken for the wanted one',
    };
  },

  summary(scores) {
    const { images, generated, copied, l1Saved } = scores as unknown as {
      images: number;
      generated: Nearness;
      copied: Nearness;
      l1Saved: number;
    };
    const against = (name: keyof Nearness, digits: number) =>
      `${generated[name].toFixed(digits)} against ${copied[name].toFixed(digits)}`;
    return (
      `On ${images} held-out pairs, beside copying what is given: L1 ${against('l1', 4)} (${percent(l1Saved)} ` +
      `less), PSNR ${against('psnr', 2)} dB, SSIM ${against('ssim', 3)}.`
    );
  },
};

async function nearness(ours: tf.Tensor4D, wanted: tf.Tensor4D): Promise<Nearness> {
  const { psnr, ssim } = await import('@ganjs/metrics');
  const [n, height, width, channels] = wanted.shape;
  const options = { shape: [height, width, channels], range: 1 } as const;
  const [a, b] = [await pixels(ours), await pixels(wanted)];
  const size = height * width * channels;
  const total = { l1: 0, psnr: 0, ssim: 0 };
  for (let k = 0; k < n; k++) {
    const [x, y] = [a.subarray(k * size, (k + 1) * size), b.subarray(k * size, (k + 1) * size)];
    total.l1 += x.reduce((sum, value, i) => sum + Math.abs(value - y[i]!), 0) / size / n;
    total.psnr += psnr(x, y, options) / n;
    total.ssim += ssim(x, y, options) / n;
  }
  return total;
}

/** Values in [0, 1]. */
async function pixels(images: tf.Tensor4D): Promise<Float32Array> {
  const scaled = tf.tidy(() => tf.mul(tf.add(images, 1), 0.5));
  const values = await scaled.data<'float32'>();
  scaled.dispose();
  return values;
}
