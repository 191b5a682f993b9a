import { type Dataset, disposeBatch, firstRows, type TranslationBatch } from '@ganjs/datasets';
import { meanAbsoluteError, psnr, ssim } from '@ganjs/metrics';
import * as tf from '@tensorflow/tfjs';
import type { Evaluation, Scores } from './evaluation.js';
import { percent } from './percent.js';

/** SSIM's window is 11 pixels wide. */
const WINDOW = 11;

/** How near images come to the wanted ones, as means over images. */
export interface PairSimilarity {
  /** Mean absolute difference, as a fraction of the range of values. */
  readonly l1: number;
  /** In decibels. */
  readonly psnr: number;
  readonly ssim: number;
}

/** How near translated images come to the wanted ones, and how near the given ones were. */
export interface PairedTranslationScores extends Scores {
  readonly images: number;
  readonly generated: PairSimilarity;
  readonly copied: PairSimilarity;
  /** 1 - generated.l1 / copied.l1 */
  readonly l1Saved: number;
  readonly protocol: string;
}

/** Compares translated images with the wanted ones, beside giving back the image that was given. */
export const pairedTranslation: Evaluation<PairedTranslationScores> = {
  name: 'paired translation',
  needs: {
    tasks: ['paired-translation'],
    data: `pairs of images of one shape, at least ${WINDOW}x${WINDOW}`,
    condition: 'sources',
  },

  suits: ({ image, source }) =>
    source?.height === image.height &&
    source.width === image.width &&
    source.channels === image.channels &&
    Math.min(image.height, image.width) >= WINDOW,

  async evaluate(run) {
    const batch = await firstRows((await run.heldOut()) as Dataset<TranslationBatch>, run.n, run.seed);
    const { images, sources } = batch;
    const generated = await run.sample(images.shape[0], { sources });
    try {
      const scores = {
        images: images.shape[0],
        generated: await similarity(generated, images),
        copied: await similarity(sources, images),
      };
      return {
        ...scores,
        l1Saved: 1 - scores.generated.l1 / scores.copied.l1,
        protocol:
          'held-out pairs; values in [0, 1]; copied: the given image itself, taken for the wanted one',
      };
    } finally {
      disposeBatch(batch);
      generated.dispose();
    }
  },

  summary({ images, generated, copied, l1Saved }) {
    const against = (name: keyof PairSimilarity, digits: number) =>
      `${generated[name].toFixed(digits)} against ${copied[name].toFixed(digits)}`;
    return (
      `On ${images} held-out pairs, beside copying what is given: L1 ${against('l1', 4)} (${percent(l1Saved)} ` +
      `less), PSNR ${against('psnr', 2)} dB, SSIM ${against('ssim', 3)}.`
    );
  },
};

async function similarity(made: tf.Tensor4D, wanted: tf.Tensor4D): Promise<PairSimilarity> {
  const [n, height, width, channels] = wanted.shape;
  const options = { shape: [height, width, channels], range: 1 } as const;
  const [a, b] = [await unitValues(made), await unitValues(wanted)];
  const size = height * width * channels;
  const total = { l1: 0, psnr: 0, ssim: 0 };
  for (let k = 0; k < n; k++) {
    const [x, y] = [a.subarray(k * size, (k + 1) * size), b.subarray(k * size, (k + 1) * size)];
    total.l1 += meanAbsoluteError(x, y, options) / n;
    total.psnr += psnr(x, y, options) / n;
    total.ssim += ssim(x, y, options) / n;
  }
  return total;
}

/** Images in [-1, 1] as values in [0, 1]. */
async function unitValues(images: tf.Tensor4D): Promise<Float32Array> {
  const scaled = tf.tidy(() => tf.mul(tf.add(images, 1), 0.5));
  const values = await scaled.data<'float32'>();
  scaled.dispose();
  return values;
}
