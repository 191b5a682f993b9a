import { type Dataset, disposeBatch, type EmbeddedBatch, firstRows } from '@ganjs/datasets';
import type { InceptionV3 } from '@ganjs/encoders/inception';
import { type Rows, retrievalAccuracy, rows } from '@ganjs/metrics';
import { stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import type { Evaluation, Scores, TrainedRun } from './evaluation.js';
import { percent } from './percent.js';
import { INSTALL_INCEPTION, withInception } from './withInception.js';

/** Images among which a caption's picture looks for its own. */
const CANDIDATES = 10;
/** Captions of each kind that are tried: their pictures and images all pass through the network. */
const MOST = 200;
/** Images in one forward pass. */
const BATCH = 16;

/** How often the picture of a caption finds the caption's own image. */
export interface Retrieval {
  readonly captions: number;
  /** Fraction of the captions whose picture is nearest to their own image. */
  readonly accuracy: number;
}

/** R-precision of pictures made from captions; `training` and `heldOut` are absent where the network is missing. */
export interface CaptionScores extends Scores {
  readonly training?: Retrieval;
  readonly heldOut?: Retrieval;
  readonly chance: number;
  readonly protocol: string;
}

/** Asks whether the picture that a caption becomes is nearer to its own image than to nine others. */
export const captions: Evaluation<CaptionScores> = {
  name: 'captions',
  needs: {
    tasks: ['text-to-image'],
    data: 'images with captions',
    condition: 'embeddings',
    encoder: { name: 'inception', optional: true },
  },

  suits: ({ captioned }) => captioned === true,

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
        : `not measured: ${INSTALL_INCEPTION}`,
    };
  },

  summary({ training, heldOut, chance }) {
    if (!training || !heldOut) return `To see whether pictures fit their captions: ${INSTALL_INCEPTION}.`;
    return (
      `A caption's picture finds its own image among ${CANDIDATES} in ${percent(training.accuracy)} of ` +
      `${training.captions} captions that were trained on, and in ${percent(heldOut.accuracy)} of ` +
      `${heldOut.captions} others; by chance in ${percent(chance)}.`
    );
  },
};

async function retrieval(inception: InceptionV3, run: TrainedRun, data: Dataset): Promise<Retrieval> {
  const batch = await firstRows(data as Dataset<EmbeddedBatch>, Math.min(run.n, MOST), run.seed);
  const { images, ...condition } = batch;
  const pictures = await run.sample(images.shape[0], condition);
  try {
    const accuracy = retrievalAccuracy(
      await descriptions(inception, pictures),
      await descriptions(inception, images),
      { candidates: CANDIDATES, random: (i) => stream(run.seed, 'others', i) },
    );
    return { captions: images.shape[0], accuracy };
  } finally {
    disposeBatch(batch);
    pictures.dispose();
  }
}

/** What is in each image, wherever it is: its feature maps, averaged over the image, each of length 1. */
async function descriptions(inception: InceptionV3, images: tf.Tensor4D): Promise<Rows> {
  const found = tf.tidy(() => {
    const batches: tf.Tensor2D[] = [];
    for (let from = 0; from < images.shape[0]; from += BATCH) {
      const count = Math.min(BATCH, images.shape[0] - from);
      const batch = tf.tidy(() => {
        const maps = inception.maps(tf.slice(images, [from, 0, 0, 0], [count, -1, -1, -1]));
        const averaged = maps.map((map) => tf.mean<tf.Tensor2D>(map, [1, 2]));
        return tf.concat(
          averaged.map((one) => tf.div<tf.Tensor2D>(one, tf.norm(one, 'euclidean', 1, true))),
          1,
        );
      });
      batches.push(batch);
    }
    return tf.concat(batches, 0);
  });
  const values = await found.data<'float32'>();
  found.dispose();
  return rows(values, found.shape[1]);
}
