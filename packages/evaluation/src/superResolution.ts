import { type Dataset, disposeBatch, firstRows, resizeBicubic, type TranslationBatch } from '@ganjs/datasets';
import { featureDistance } from '@ganjs/encoders';
import { luma, psnr, ssim } from '@ganjs/metrics';
import * as tf from '@tensorflow/tfjs';
import type { Evaluation, Scores } from './evaluation.js';
import { INSTALL_INCEPTION, withInception } from './withInception.js';

/** SSIM's window is 11 pixels wide. */
const WINDOW = 11;

/** What a way to enlarge images scores, as means over images. */
export interface EnlargementScores {
  /** In decibels. */
  readonly psnr: number;
  readonly ssim: number;
  /** Absent where the network is not installed. */
  readonly perceptual?: number;
}

/** How near enlarged images come to the true ones, and how near bicubic interpolation comes. */
export interface SuperResolutionScores extends Scores {
  readonly images: number;
  readonly generated: EnlargementScores;
  readonly bicubic: EnlargementScores;
  readonly protocol: { readonly similarity: string; readonly perceptual: string };
}

/** Compares enlarged images with the true ones, beside bicubic interpolation. */
export const superResolution: Evaluation<SuperResolutionScores> = {
  name: 'super-resolution',
  needs: {
    tasks: ['super-resolution'],
    data: `pairs of a small and a large image in gray or RGB, whose inside is at least ${WINDOW}x${WINDOW}`,
    condition: 'sources',
    encoder: { name: 'inception', optional: true },
  },

  suits({ image, source }) {
    if (!source || image.channels === 4) return false;
    return Math.min(image.height, image.width) - 2 * borderOf(image, source) >= WINDOW;
  },

  async evaluate(run) {
    const batch = await firstRows((await run.heldOut()) as Dataset<TranslationBatch>, run.n, run.seed);
    const { images, sources } = batch;
    const generated = await run.sample(images.shape[0], { sources });
    const bicubic = await enlarged(batch);
    try {
      const perceptual = await withInception(async ({ maps }) => ({
        generated: mean(await featureDistance(maps, generated, images)),
        bicubic: mean(await featureDistance(maps, bicubic, images)),
      }));
      return {
        images: images.shape[0],
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
            : `not measured: ${INSTALL_INCEPTION}`,
        },
      };
    } finally {
      disposeBatch(batch);
      tf.dispose([generated, bicubic]);
    }
  },

  summary({ images, generated, bicubic }) {
    const against = (ours = Number.NaN, theirs = Number.NaN, digits: number) =>
      `${ours.toFixed(digits)} against ${theirs.toFixed(digits)}`;
    const perceptual =
      generated.perceptual === undefined
        ? ` (${INSTALL_INCEPTION} adds a perceptual distance)`
        : `, perceptual distance ${against(generated.perceptual, bicubic.perceptual, 3)}`;
    return (
      `On ${images} images, beside bicubic interpolation: PSNR ${against(generated.psnr, bicubic.psnr, 2)} dB, ` +
      `SSIM ${against(generated.ssim, bicubic.ssim, 3)}${perceptual}.`
    );
  },
};

/** The small images of a batch, enlarged by bicubic interpolation. */
async function enlarged({ images, sources }: TranslationBatch): Promise<tf.Tensor4D> {
  const [, height, width] = images.shape;
  const values = resizeBicubic(await sources.data<'float32'>(), sources.shape, { height, width });
  return tf.tidy(() => tf.clipByValue(tf.tensor4d(values, images.shape), -1, 1));
}

async function similarity(
  made: tf.Tensor4D,
  { images, sources }: TranslationBatch,
): Promise<EnlargementScores> {
  const [, height, width] = images.shape;
  const border = borderOf({ height }, { height: sources.shape[1] });
  const [a, b] = [await lumas(made, border), await lumas(images, border)];
  const options = { shape: [height - 2 * border, width - 2 * border, 1], range: 255 } as const;
  return {
    psnr: mean(a.map((values, k) => psnr(values, b[k]!, options))),
    ssim: mean(a.map((values, k) => ssim(values, b[k]!, options))),
  };
}

/** The luma of each image inside of the border, of pixels rounded to bytes. */
async function lumas(images: tf.Tensor4D, border: number): Promise<Float64Array[]> {
  const [n, height, width, channels] = images.shape;
  const inner = tf.tidy(() => {
    const inside = tf.slice(
      images,
      [0, border, border, 0],
      [n, height - 2 * border, width - 2 * border, channels],
    );
    return tf.round(tf.mul(tf.add(inside, 1), 127.5));
  });
  const bytes = await inner.data<'float32'>();
  inner.dispose();
  const size = bytes.length / n;
  return Array.from({ length: n }, (_, k) => luma(bytes.subarray(k * size, (k + 1) * size), channels));
}

/** How many times larger the wanted image is, which is also the border that is left out. */
const borderOf = (image: { height: number }, source: { height: number }) => image.height / source.height;

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}
