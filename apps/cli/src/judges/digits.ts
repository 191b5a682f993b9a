import type { MnistClassifier } from '@ganjs/metrics/mnist';
import type * as tf from '@tensorflow/tfjs';
import { askableClasses, classesInTurn, madeFrom } from '../demonstration.js';
import type { Judge } from './judge.js';
import { percent } from './words.js';

const DIGITS = 10;

/**
 * A classifier of digits looks at images that shall be like MNIST's. Where a game was asked for categories that it found
 * by itself, it also says how well these are the digits.
 */
export const digits: Judge = {
  suits: ({ task, data }) => data === 'mnist' && ['noise', 'class'].includes(madeFrom[task]),

  async evaluate(run) {
    const { evaluateMnistSamples, mnistClassifier } = await import('@ganjs/metrics/mnist');
    const found = run.game.categories;
    const classes = askableClasses(run);
    const condition = classes > 0 ? { labels: classesInTurn(run.n, classes) } : undefined;
    const images = await run.sample(run.n, condition);
    const classifier = mnistClassifier();
    try {
      const asked = condition && [...(await condition.labels.data())];
      const scores = await evaluateMnistSamples(images, {
        classifier,
        ...(asked && found === undefined && { labels: asked }),
      });
      if (asked === undefined || found === undefined) return { ...scores };
      return { ...scores, clustering: await clustering(classifier, images, asked, found) };
    } finally {
      classifier.dispose();
      images.dispose();
      condition?.labels.dispose();
    }
  },

  summary(scores) {
    const { samples, classesCovered, largestShare, confidence, frechet, agreement, clustering } =
      scores as Record<string, number>;
    const asked = agreement === undefined ? '' : `, ${percent(agreement)} are the digit that was asked for`;
    const matched =
      clustering === undefined ? '' : `, ${percent(clustering)} are the digit that their category stands for`;
    return (
      `Of ${samples} samples a classifier finds ${classesCovered} of ${DIGITS} digits, the most frequent in ` +
      `${percent(largestShare)}, with a mean confidence of ${percent(confidence)}${asked}${matched}; ` +
      `Fréchet distance on its features: ${frechet!.toFixed(1)}.`
    );
  },
};

/** The share of images that are the digit of their category, under the best matching of categories to digits. */
async function clustering(
  classifier: MnistClassifier,
  images: tf.Tensor4D,
  categories: readonly number[],
  count: number,
): Promise<number> {
  const { clusteringAccuracy } = await import('@ganjs/metrics');
  const probabilities = classifier.probabilities(images);
  const recognised = probabilities.argMax(1);
  const labels = [...(await recognised.data())];
  recognised.dispose();
  probabilities.dispose();
  return clusteringAccuracy(categories, labels, Math.max(count, DIGITS)).accuracy;
}
