import { disposeBatch, resizeBicubic, type TranslationBatch } from '@ganjs/datasets';
import type { InceptionV3 } from '@ganjs/metrics/inception';
import * as tf from '@tensorflow/tfjs';
import { firstRows } from '../data/openData.js';
import { INSTALL_HINT, withInception } from '../inceptionIfInstalled.js';
import type { Judge } from './judge.js';

/** What a way to enlarge images scores, as means over images. */
interface Likeness {
  readonly psnr: number;
  readonly ssim: number;
  /** Absent where the network is not installed. */
  readonly perceptual?: number;
}

/** SSIM's window is 11 pixels wide. */
const WINDOW = 11;

/** Compares enlarged images with the true ones, beside bicubic interpolation. */
export const superResolution: Judge = {
  suits({ task, info: { image, source } }) {
    if (task !== 'super-resolution' || !source || image.channels === 4) return false;
    return Math.min(image.height, image.width) - 2 * borderOf(image, source) >= WINDOW;
  },

  async evaluate(run) {
    const batch = (await firstRows(await run.heldOut(), run.n, run.seed)) as TranslationBatch;
    const generated = await run.sample(batch.images.shape[0], { sources: batch.sources });
    const bicubic = await enlarged(batch);
    const perceptual = await withInception(async (inception) => ({
      generated: await meanDistance(inception, generated, batch.images),
      bicubic: await meanDistance(inception, bicubic, batch.images),
    }));
    const scores = {
      images: batch.images.shape[0],
      generated: {
        ...(await similarity(generated, batch)),
        ...(perceptual && { perceptual: perceptual.generated }),
      },
      bicubic: {
        ...(await similarity(bicubic, batch)),
        ...(perceptual && { perceptual: perceptual.bicubic }),
      },
      protocol: {
        similarity: 'PSNR and SSIM of luma (BT.601, bytes), a border as wide as the factor left out',
        perceptual: perceptual
          ? 'squared distance of unit features on four layers of the Inception v3 in nsfwjs, images of at least 128x128'
          : `not measured: ${INSTALL_HINT}`,
      },
    };
    disposeBatch(batch);
    tf.dispose([generated, bicubic]);
    return scores;
  },

  summary(scores) {
    const { images, generated, bicubic } = scores as unknown as {
      images: number;
      generated: Likeness;
      bicubic: Likeness;
    };
    const against = (name: keyof Likeness, digits: number) =>
      `${generated[name]!.toFixed(digits)} against ${bicubic[name]!.toFixed(digits)}`;
    const perceptual =
      generated.perceptual === undefined
        ? ` (${INSTALL_HINT} adds a perceptual distance)`
        : `, perceptual distance ${against('perceptual', 3)}`;
    return (
      `On ${images} images, beside bicubic interpolation: PSNR ${against('psnr', 2)} dB, ` +
      `SSIM ${against('ssim', 3)}${perceptual}.`
    );
  },
};

/** The small images of a batch, enlarged by bicubic interpolation. */
async function enlarged({ images, sources }: TranslationBatch): Promise<tf.Tensor4D> {
  const [, height, width] = images.shape;
  const values = resizeBicubic(await sources.data<'float32'>(), sources.shape, { height, width });
  return tf.tidy(() => tf.clipByValue(tf.tensor4d(values, images.shape), -1, 1));
}

async function meanDistance(inception: InceptionV3, a: tf.Tensor4D, b: tf.Tensor4D): Promise<number> {
  const { featureDistance } = await import('@ganjs/metrics/inception');
  return mean(await featureDistance(inception.maps, a, b));
}

async function similarity(ours: tf.Tensor4D, { images, sources }: TranslationBatch): Promise<Likeness> {
  const { psnr, ssim } = await import('@ganjs/metrics');
  const border = borderOf(shapeOf(images), shapeOf(sources));
  const [a, b] = [await lumas(ours, border), await lumas(images, border)];
  const { height, width } = shapeOf(images);
  const options = { shape: [height - 2 * border, width - 2 * border, 1], range: 255 } as const;
  return {
    psnr: mean(a.map((luma, k) => psnr(luma, b[k]!, options))),
    ssim: mean(a.map((luma, k) => ssim(luma, b[k]!, options))),
  };
}

/**
 * The brightness of images as published comparisons take it: pixels rounded to bytes, 16 + (65.481 R + 128.553 G +
 * 24.966 B) / 255, or the bytes themselves where images are gray.
 *
 * @returns for each image the values inside of the border, row after row.
 */
async function lumas(images: tf.Tensor4D, border: number): Promise<Float32Array[]> {
  const luma = tf.tidy(() => {
    const [n, height, width, channels] = images.shape;
    const inner = [n, height - 2 * border, width - 2 * border, channels] as const;
    const bytes = tf.round(tf.mul(tf.add(tf.slice(images, [0, border, border, 0], [...inner]), 1), 127.5));
    const gray = channels === 1 ? bytes : tf.add(16, tf.sum(tf.mul(bytes, LUMA), 3));
    return tf.reshape(gray, [n, -1]);
  });
  const rows = tf.unstack(luma);
  const values = await Promise.all(rows.map((row) => row.data<'float32'>()));
  tf.dispose([luma, ...rows]);
  return values;
}

/** BT.601's weights of red, green and blue in bytes. */
const LUMA = [65.481 / 255, 128.553 / 255, 24.966 / 255];

const borderOf = (image: { height: number }, source: { height: number }) => image.height / source.height;

const shapeOf = ({ shape: [, height, width] }: tf.Tensor4D) => ({ height, width });

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}
