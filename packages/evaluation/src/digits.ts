import { encoders } from '@ganjs/encoders';
import { clusteringAccuracy } from '@ganjs/metrics';
import { type DigitScores, digitScores } from './digitScores.js';
import type { Evaluation } from './evaluation.js';
import { labelledSamples } from './labels.js';
import { percent } from './percent.js';

const { data, image, classes: DIGITS } = encoders.mnist;

/**
 * A classifier of digits looks at images that shall be like MNIST's. Where a run was asked for categories that it found
 * by itself, it also says how well these are the digits.
 */
export const digits: Evaluation<DigitScores> = {
  name: 'digits',
  needs: {
    tasks: ['image-synthesis', 'class-conditional'],
    data: 'the images of MNIST',
    condition: 'labels',
    encoder: { name: 'mnist', optional: false },
  },

  suits: (info) =>
    info.name === data &&
    info.image.height === image.height &&
    info.image.width === image.width &&
    info.image.channels === image.channels,

  async evaluate(run) {
    const { mnistClassifier } = await import('@ganjs/encoders/mnist');
    const classifier = mnistClassifier();
    const { images, labels } = await labelledSamples(run, run.n);
    try {
      const { categories } = run;
      const asked = labels && categories === undefined ? { labels } : {};
      const scores = await digitScores(images, { classifier, ...asked });
      if (!labels || categories === undefined) return scores;
      const probabilities = classifier.probabilities(images);
      const recognised = probabilities.argMax(1);
      const found = await recognised.data();
      recognised.dispose();
      probabilities.dispose();
      const clustering = clusteringAccuracy(labels, found, Math.max(categories, DIGITS)).accuracy;
      return { ...scores, clustering };
    } finally {
      classifier.dispose();
      images.dispose();
    }
  },

  summary({ samples, classesCovered, largestShare, confidence, frechet, agreement, clustering }) {
    const asked = agreement === undefined ? '' : `, ${percent(agreement)} are the digit that was asked for`;
    const matched =
      clustering === undefined ? '' : `, ${percent(clustering)} are the digit that their category stands for`;
    return (
      `Of ${samples} samples a classifier finds ${classesCovered} of ${DIGITS} digits, the most frequent in ` +
      `${percent(largestShare)}, with a mean confidence of ${percent(confidence)}${asked}${matched}; ` +
      `Fréchet distance on its features: ${frechet.toFixed(1)}.`
    );
  },
};
