import { encoders } from '@ganjs/encoders';
import type { MnistClassifier } from '@ganjs/encoders/mnist';
import { NonFiniteError, OptionError } from '@ganjs/errors';
import {
  type ClassifierMetrics,
  classifierMetrics,
  frechetDistance,
  type Gaussian,
  GaussianStatistics,
  rows,
} from '@ganjs/metrics';
import type * as tf from '@tensorflow/tfjs';
import type { Scores } from './evaluation.js';

const { features: FEATURES, classes: CLASSES } = encoders.mnist;

/** The scores of a set of MNIST samples, and what they were measured with. */
export interface DigitScores extends ClassifierMetrics, Scores {
  /** The Fréchet distance to the reference on the classifier's features; it is not an FID. */
  readonly frechet: number;
  /** Of a run that found categories by itself: how well they are the digits, under the best matching of both. */
  readonly clustering?: number;
  readonly protocol: {
    readonly classifier: string;
    readonly features: string;
    readonly reference: string;
    readonly frechet: string;
  };
}

/**
 * Scores generated MNIST images: are all digits there, is one too frequent, are they recognisable, and how
 * far is their distribution from the test images'?
 *
 * The Fréchet distance depends on the number of samples (see the README for that of real images): compare
 * evaluations of the same count. 1,000 samples are a quick look, 10,000 a measurement.
 *
 * @param images float32 [n, 28, 28, 1] in [-1, 1], n >= 2; not disposed.
 * @param options.labels [n] the digits that were asked for: adds `agreement`.
 * @param options.reference the distribution to compare with; default: the 10,000 test images.
 * @param options.classifier to use over many evaluations; without one, the weights are unpacked and freed here.
 * @throws ShapeError when the images have another shape, or there is not one label for each.
 * @throws OptionError when pixels lie outside [-1, 1], or a label is not a digit.
 * @throws NonFiniteError when pixels are NaN.
 * @example
 * const { classesCovered, confidence, frechet } = await digitScores(images);
 */
export async function digitScores(
  images: tf.Tensor4D,
  options: { labels?: ArrayLike<number>; reference?: Gaussian; classifier?: MnistClassifier } = {},
): Promise<DigitScores> {
  requirePixels(await images.data());
  // The weights are loaded only here.
  const { MNIST_ACCURACY, mnistClassifier, mnistReference } = await import('@ganjs/encoders/mnist');
  const classifier = options.classifier ?? mnistClassifier();
  try {
    const { features, probabilities } = classifier.classify(images);
    try {
      const embedded = rows(await features.data(), FEATURES);
      const answers = rows(await probabilities.data(), CLASSES);
      const distribution = new GaussianStatistics(FEATURES).add(embedded).gaussian();
      return {
        ...classifierMetrics(answers, options.labels && { labels: options.labels }),
        frechet: frechetDistance(distribution, options.reference ?? mnistReference()),
        protocol: {
          classifier: `mnistClassifier, ${(100 * MNIST_ACCURACY).toFixed(2)}% on the 10,000 MNIST test images`,
          features: `${FEATURES} activations before the last layer`,
          reference: options.reference ? 'given' : 'the 10,000 MNIST test images',
          frechet: 'float64, covariance by n-1, nothing added',
        },
      };
    } finally {
      features.dispose();
      probabilities.dispose();
    }
  } finally {
    if (!options.classifier) classifier.dispose();
  }
}

function requirePixels(values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i]!) <= 1.001) continue;
    const Refusal = Number.isFinite(values[i]) ? OptionError : NonFiniteError;
    throw new Refusal(
      'digitScores',
      `a pixel of ${values[i]}`,
      'pixels in [-1, 1]',
      'Divide bytes by 127.5 and subtract 1; a pixel of NaN comes from a model that diverged.',
    );
  }
}
