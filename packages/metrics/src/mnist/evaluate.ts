import type * as tf from '@tensorflow/tfjs';
import { type ClassifierMetrics, classifierMetrics } from '../classifierMetrics.ts';
import { NonFiniteError, OptionError } from '../errors.ts';
import { frechetDistance } from '../frechet.ts';
import { type Gaussian, GaussianStatistics } from '../gaussianStatistics.ts';
import { rows } from '../rows.ts';
import { type MnistClassifier, mnistClassifier, mnistReference } from './classifier.ts';
import { CLASSES, FEATURES } from './network.ts';
import { MNIST_ACCURACY } from './weights.ts';

/** The scores of a set of MNIST samples, and what they were measured with. */
export interface MnistEvaluation extends ClassifierMetrics {
  /** The Fréchet distance to the reference on the classifier's features; it is not an FID. */
  readonly frechet: number;
  /** What makes two such evaluations comparable, in words. */
  readonly protocol: {
    readonly classifier: string;
    readonly features: string;
    readonly reference: string;
    readonly frechet: string;
  };
}

/**
 * Judges generated MNIST images: are all digits there, is one too frequent, are they recognisable, and how
 * far is their distribution from the test images'?
 *
 * The Fréchet distance depends on the number of samples (see the README for that of real images): compare
 * evaluations of the same count. 1,000 samples are a quick look, 10,000 a measurement.
 *
 * @param images float32 [n, 28, 28, 1] in [-1, 1], n >= 2; not disposed.
 * @param options.labels [n] the digits that were asked for: adds `agreement`.
 * @param options.reference the distribution to compare with; default {@link mnistReference}, the 10,000 test images.
 * @param options.classifier to use over many evaluations; without one, the weights are unpacked and freed here.
 * @throws ShapeError when the images have another shape, or there is not one label for each.
 * @throws OptionError when pixels lie outside [-1, 1], or a label is not a digit.
 * @throws NonFiniteError when pixels are NaN.
 * @example
 * const { classesCovered, confidence, frechet } = await evaluateMnistSamples(images);
 */
export async function evaluateMnistSamples(
  images: tf.Tensor4D,
  options: { labels?: ArrayLike<number>; reference?: Gaussian; classifier?: MnistClassifier } = {},
): Promise<MnistEvaluation> {
  requirePixels(await images.data());
  const classifier = options.classifier ?? mnistClassifier();
  try {
    const { features, probabilities } = classifier.judge(images);
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
      'evaluateMnistSamples',
      `a pixel of ${values[i]}`,
      'pixels in [-1, 1]',
      'Divide bytes by 127.5 and subtract 1; a pixel of NaN comes from a model that diverged.',
    );
  }
}
