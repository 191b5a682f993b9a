import { askableClasses, classesInTurn } from '../demonstration.js';
import type { Judge } from './judge.js';
import { percent } from './words.js';

/** A classifier of digits looks at images that shall be like MNIST's. */
export const digits: Judge = {
  suits: ({ data, task, info }) => data === 'mnist' && !info.source && task !== 'text-to-image',

  async evaluate(run) {
    const { evaluateMnistSamples } = await import('@ganjs/metrics/mnist');
    const classes = askableClasses(run);
    const labels = classes > 0 ? classesInTurn(run.n, classes) : undefined;
    const images = await run.sample(run.n, labels && { labels });
    try {
      const asked = run.game.categories === undefined && labels ? { labels: [...(await labels.data())] } : {};
      return { ...(await evaluateMnistSamples(images, asked)) };
    } finally {
      images.dispose();
      labels?.dispose();
    }
  },

  summary(scores) {
    const { samples, classesCovered, largestShare, confidence, frechet, agreement } = scores as Record<
      string,
      number
    >;
    const asked = agreement === undefined ? '' : `, ${percent(agreement)} are the digit that was asked for`;
    return (
      `Of ${samples} samples a classifier finds ${classesCovered} of 10 digits, the most frequent in ` +
      `${percent(largestShare)}, with a mean confidence of ${percent(confidence)}${asked}; ` +
      `Fréchet distance on its features: ${frechet!.toFixed(1)}.`
    );
  },
};
