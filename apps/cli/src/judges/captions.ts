import { type Dataset, disposeBatch, type EmbeddedBatch } from '@ganjs/datasets';
import type { InceptionV3 } from '@ganjs/metrics/inception';
import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { firstRows } from '../data/openData.js';
import { INSTALL_HINT, withInception } from '../inceptionIfInstalled.js';
import type { Judge, TrainedRun } from './judge.js';
import { percent } from './words.js';

/** Images among which a caption's picture looks for its own. */
const CANDIDATES = 10;
/** Captions of each kind that are tried: their pictures and images all pass through the network. */
const MOST = 200;
/** Images in one forward pass. */
const BATCH = 16;

/** Asks whether the picture that a caption becomes is nearer to its own image than to nine others. */
export const captions: Judge = {
  suits: ({ task }) => task === 'text-to-image',

  async evaluate(run) {
    const found = await withInception(async (inception) => ({
      training: await retrieval(inception, run, await run.trainedOn()),
      heldOut: await retrieval(inception, run, await run.heldOut()),
    }));
    return {
      ...found,
      chance: 1 / CANDIDATES,
      protocol: found
        ? `nearest of ${CANDIDATES} images, 9 of them drawn at random, by features of four layers of the Inception v3 ` +
          'in nsfwjs, averaged over images of at least 128x128'
        : `not measured: ${INSTALL_HINT}`,
    };
  },

  summary(scores) {
    const { training, heldOut, chance } = scores as Partial<Record<string, Retrieval>> & { chance: number };
    if (!training || !heldOut) return `To see whether pictures fit their captions: ${INSTALL_HINT}.`;
    return (
      `A caption's picture finds its own image among ${CANDIDATES} in ${percent(training.accuracy)} of ` +
      `${training.captions} captions that were trained on, and in ${percent(heldOut.accuracy)} of ` +
      `${heldOut.captions} others; by chance in ${percent(chance)}.`
    );
  },
};

interface Retrieval {
  readonly captions: number;
  /** Share of the captions whose picture is nearest to their own image. */
  readonly accuracy: number;
}

async function retrieval(inception: InceptionV3, run: TrainedRun, data: Dataset): Promise<Retrieval> {
  const batch = (await firstRows(data, Math.min(run.n, MOST), run.seed)) as EmbeddedBatch;
  const { images, ...condition } = batch;
  const n = images.shape[0];
  const pictures = await run.sample(n, condition);
  const [ours, theirs] = [await descriptions(inception, pictures), await descriptions(inception, images)];
  disposeBatch(batch);
  pictures.dispose();
  const finds = ours.filter((picture, i) => {
    const others = stream(run.seed, 'others', i)
      .permutation(n)
      .filter((j) => j !== i);
    const own = distance(picture, theirs[i]!);
    return others.slice(0, CANDIDATES - 1).every((j) => distance(picture, theirs[j]!) > own);
  });
  return { captions: n, accuracy: finds.length / n };
}

/** What is in each image, wherever it is: its feature maps, averaged over the image, each of length 1. */
async function descriptions(inception: InceptionV3, images: tf.Tensor4D): Promise<number[][]> {
  const rows: number[][] = [];
  for (let from = 0; from < images.shape[0]; from += BATCH) {
    const count = Math.min(BATCH, images.shape[0] - from);
    const some = tf.tidy(() => {
      const maps = inception.maps(tf.slice(images, [from, 0, 0, 0], [count, -1, -1, -1]));
      const averaged = maps.map((map) => tf.mean<tf.Tensor2D>(map, [1, 2]));
      return tf.concat(
        averaged.map((one) => tf.div<tf.Tensor2D>(one, tf.norm(one, 'euclidean', 1, true))),
        1,
      );
    });
    rows.push(...(await some.array()));
    some.dispose();
  }
  return rows;
}

const distance = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
