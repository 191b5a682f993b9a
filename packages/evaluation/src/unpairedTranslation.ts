import { type Dataset, disposeBatch, firstRows, type TranslationBatch } from '@ganjs/datasets';
import type { InceptionV3 } from '@ganjs/encoders/inception';
import { frechetDistance, type Gaussian, GaussianStatistics, meanAbsoluteError, rows } from '@ganjs/metrics';
import * as tf from '@tensorflow/tfjs';
import type { Evaluation, Scores } from './evaluation.js';
import { INSTALL_INCEPTION, withInception } from './withInception.js';

/** Images in one forward pass. */
const BATCH = 16;
/** Which of the network's maps is looked at: the second, of small patterns. */
const MAP = 1;
/** Its channels. */
const FEATURES = 192;
/** Neighbouring places of the map that are averaged, in each direction. */
const PLACE = 4;

/** How far translation moves images, whether they come back, and how far they are from the other domain. */
export interface UnpairedTranslationScores extends Scores {
  readonly images: number;
  /** Mean absolute difference to what comes back; absent where the GAN leads one way only. */
  readonly cycle?: number;
  readonly moved: number;
  /** Absent where the network is not installed. */
  readonly frechet?: { readonly translated: number; readonly untouched: number };
  readonly protocol: { readonly cycle: string; readonly moved: string; readonly frechet: string };
}

/**
 * Asks whether translated images look like those of the other domain more than before, and whether they come back.
 *
 * The domains differ in how things are drawn more than in what is drawn, so the Fréchet distance is between what the
 * network sees place by place, not in whole images: that also makes thousands of samples out of a hundred images.
 */
export const unpairedTranslation: Evaluation<UnpairedTranslationScores> = {
  name: 'unpaired translation',
  needs: {
    tasks: ['unpaired-translation'],
    data: 'two domains of images in gray or RGB, with as many channels in both',
    condition: 'sources',
    encoder: { name: 'inception', optional: true },
  },

  suits: ({ image, source }) => image.channels !== 4 && source?.channels === image.channels,

  async evaluate(run) {
    const batch = await firstRows((await run.heldOut()) as Dataset<TranslationBatch>, run.n, run.seed);
    const { images, sources } = batch;
    const translated = await run.sample(sources.shape[0], { sources });
    const { reverse } = run;
    const returned = reverse && tf.tidy(() => reverse(translated));
    try {
      const frechet = await withInception(async (inception) => {
        const target = await places(inception, images);
        return {
          translated: frechetDistance(await places(inception, translated), target),
          untouched: frechetDistance(await places(inception, sources), target),
        };
      });
      return {
        images: sources.shape[0],
        ...(returned && { cycle: await difference(returned, sources) }),
        moved: await difference(translated, sources),
        ...(frechet && { frechet }),
        protocol: {
          cycle:
            'mean absolute difference between held-out images and what comes back of them; values in [0, 1]',
          moved: 'the same between held-out images and their translations',
          frechet: frechet
            ? 'to the held-out images of the wanted domain; 192 features of the Inception v3 in nsfwjs (activation_5), ' +
              'averaged over 4x4 places of images of at least 128x128; untouched: of the given images themselves'
            : `not measured: ${INSTALL_INCEPTION}`,
        },
      };
    } finally {
      disposeBatch(batch);
      tf.dispose([translated, ...(returned ? [returned] : [])]);
    }
  },

  summary({ images, cycle, moved, frechet }) {
    const back = cycle === undefined ? '' : `, they come back with an L1 of ${cycle.toFixed(4)}`;
    const distance = frechet
      ? `the Fréchet distance to the other domain is ${frechet.translated.toFixed(3)}, before it was ` +
        `${frechet.untouched.toFixed(3)}`
      : `${INSTALL_INCEPTION} adds the Fréchet distance to the other domain`;
    return `Translation moves ${images} held-out images by an L1 of ${moved.toFixed(4)}${back}; ${distance}.`;
  },
};

async function difference(a: tf.Tensor4D, b: tf.Tensor4D): Promise<number> {
  return meanAbsoluteError(await a.data(), await b.data(), { range: 2 });
}

/** The distribution of what the network sees at the places of images. */
async function places(inception: InceptionV3, images: tf.Tensor4D): Promise<Gaussian> {
  const statistics = new GaussianStatistics(FEATURES);
  for (let from = 0; from < images.shape[0]; from += BATCH) {
    const count = Math.min(BATCH, images.shape[0] - from);
    const features = tf.tidy(() => {
      const map = inception.maps(tf.slice(images, [from, 0, 0, 0], [count, -1, -1, -1]))[MAP]!;
      return tf.reshape(tf.avgPool(map, PLACE, PLACE, 'valid'), [-1, FEATURES]);
    });
    statistics.add(rows(await features.data<'float32'>(), FEATURES));
    features.dispose();
  }
  return statistics.gaussian();
}
