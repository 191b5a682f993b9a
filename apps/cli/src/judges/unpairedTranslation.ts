import { disposeBatch, type TranslationBatch } from '@ganjs/datasets';
import type { Gaussian } from '@ganjs/metrics';
import type { InceptionV3 } from '@ganjs/metrics/inception';
import * as tf from '@tensorflow/tfjs';
import { firstRows } from '../data/openData.js';
import { INSTALL_HINT, withInception } from '../inceptionIfInstalled.js';
import type { Judge } from './judge.js';

/** Images in one forward pass. */
const BATCH = 16;
/** Which of the network's maps is looked at: the second, 192 features of small patterns. */
const MAP = 1;
/** Neighbouring places of the map that are averaged, in each direction. */
const PLACE = 4;

/**
 * Asks whether translated images look like those of the other domain more than before, and whether they come back.
 *
 * The domains differ in how things are drawn more than in what is drawn, so the Fréchet distance is between what the
 * network sees place by place, not in whole images: that also makes thousands of samples out of a hundred images.
 */
export const unpairedTranslation: Judge = {
  suits: ({ task, info: { image, source } }) =>
    task === 'unpaired-translation' && image.channels !== 4 && source?.channels === image.channels,

  async evaluate(run) {
    const batch = (await firstRows(await run.heldOut(), run.n, run.seed)) as TranslationBatch;
    const { images, sources } = batch;
    const translated = await run.sample(sources.shape[0], { sources });
    const back = run.game.players.toSource?.network;
    const cycle = back && (await cycleError(back, translated, sources));
    const moved = await l1(translated, sources);
    const frechet = await withInception(async (inception) => {
      const { frechetDistance } = await import('@ganjs/metrics');
      const target = await places(inception, images);
      return {
        translated: frechetDistance(await places(inception, translated), target),
        untouched: frechetDistance(await places(inception, sources), target),
      };
    });
    const count = sources.shape[0];
    disposeBatch(batch);
    translated.dispose();
    return {
      images: count,
      ...(cycle !== undefined && { cycle }),
      moved,
      ...(frechet && { frechet }),
      protocol: {
        cycle:
          'mean absolute difference between held-out images and what comes back of them; values in [0, 1]',
        moved: 'the same between held-out images and their translations',
        frechet: frechet
          ? 'to the held-out images of the wanted domain; 192 features of the Inception v3 in nsfwjs (activation_5), ' +
            'averaged over 4x4 places of images of at least 128x128; untouched: of the given images themselves'
          : `not measured: ${INSTALL_HINT}`,
      },
    };
  },

  summary(scores) {
    const { images, cycle, moved, frechet } = scores as {
      images: number;
      cycle?: number;
      moved: number;
      frechet?: { translated: number; untouched: number };
    };
    const back = cycle === undefined ? '' : `, they come back with an L1 of ${cycle.toFixed(4)}`;
    const distance = frechet
      ? `the Fréchet distance to the other domain is ${frechet.translated.toFixed(3)}, before it was ` +
        `${frechet.untouched.toFixed(3)}`
      : `${INSTALL_HINT} adds the Fréchet distance to the other domain`;
    return `Translation moves ${images} held-out images by an L1 of ${moved.toFixed(4)}${back}; ${distance}.`;
  },
};

/** How far images are from what the network that leads back makes of their translations. */
async function cycleError(back: tf.LayersModel, translated: tf.Tensor4D, sources: tf.Tensor4D) {
  const returned = tf.tidy(() => back.predict(translated, { batchSize: BATCH }) as tf.Tensor4D);
  const error = await l1(returned, sources);
  returned.dispose();
  return error;
}

/** Mean absolute difference of values in [0, 1]. */
async function l1(a: tf.Tensor, b: tf.Tensor): Promise<number> {
  const mean = tf.tidy(() => tf.mul(0.5, tf.mean(tf.abs(tf.sub(a, b)))));
  const [value] = await mean.data();
  mean.dispose();
  return value!;
}

/** The distribution of what the network sees at the places of images. */
async function places(inception: InceptionV3, images: tf.Tensor4D): Promise<Gaussian> {
  const { GaussianStatistics, rows } = await import('@ganjs/metrics');
  let statistics: InstanceType<typeof GaussianStatistics> | undefined;
  for (let from = 0; from < images.shape[0]; from += BATCH) {
    const count = Math.min(BATCH, images.shape[0] - from);
    const features = tf.tidy(() => {
      const map = inception.maps(tf.slice(images, [from, 0, 0, 0], [count, -1, -1, -1]))[MAP]!;
      return tf.reshape(tf.avgPool(map, PLACE, PLACE, 'valid'), [-1, map.shape[3]]);
    });
    const width = features.shape[1]!;
    statistics ??= new GaussianStatistics(width);
    statistics.add(rows(await features.data<'float32'>(), width));
    features.dispose();
  }
  return statistics!.gaussian();
}
