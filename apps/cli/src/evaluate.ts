import { disposeGame, sample } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { classesInTurn } from './play.js';
import { RunFolder } from './runFolder.js';
import { openTrainedGame } from './trainedGame.js';

/** Scores by name, as a judge gives them. */
export type Scores = Readonly<Record<string, unknown>>;

/** Somebody who knows what a dataset's images should look like. */
interface Judge {
  evaluate(images: tf.Tensor4D, labels: number[] | undefined): Promise<Scores>;
  /** The scores in a line. */
  summary(scores: Scores): string;
}

/** The judges that ship with ganjs, by dataset. Each loads its weights only when it is asked. */
const judges: Readonly<Record<string, () => Promise<Judge>>> = {
  mnist: async () => {
    const { evaluateMnistSamples } = await import('@ganjs/metrics/mnist');
    return {
      evaluate: async (images, labels) => ({
        ...(await evaluateMnistSamples(images, labels ? { labels } : {})),
      }),
      summary(scores) {
        const { samples, classesCovered, largestShare, confidence, frechet, agreement } = scores as {
          [name: string]: number;
        };
        const asked =
          agreement === undefined ? '' : `, ${percent(agreement)} are the digit that was asked for`;
        return (
          `Of ${samples} samples a classifier finds ${classesCovered} of 10 digits, the most frequent in ` +
          `${percent(largestShare)}, with a mean confidence of ${percent(confidence)}${asked}; ` +
          `Fréchet distance on its features: ${frechet!.toFixed(1)}.`
        );
      },
    };
  },
};

/** Datasets whose samples can be judged. */
export const judged: readonly string[] = Object.keys(judges);

/**
 * Draws samples from a run and lets the judge of its data score them; a class-conditional run is asked for
 * all classes in turn.
 *
 * @returns undefined where no judge of the data ships with ganjs.
 */
export async function evaluate(
  path: string,
  { n, seed }: { n: number; seed: number },
): Promise<{ scores: Scores; summary: string } | undefined> {
  const { config } = await RunFolder.open(path);
  const judge = await judges[config.data]?.();
  if (!judge) return undefined;
  const { game, classes } = await openTrainedGame(path);
  try {
    const labels = classes > 0 ? classesInTurn(n, classes) : undefined;
    const given = labels && { labels: tf.tensor1d(labels, 'int32') };
    const { data, shape } = await sample(game, { n, seed, ...(given && { given }) });
    tf.dispose({ ...given });
    const images = tf.tensor4d(data, [...shape]);
    const scores = await judge.evaluate(images, labels);
    images.dispose();
    return { scores, summary: judge.summary(scores) };
  } finally {
    disposeGame(game);
  }
}

function percent(share = Number.NaN): string {
  return `${(100 * share).toFixed(1)}%`;
}
