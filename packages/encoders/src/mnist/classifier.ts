import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { base64Bytes } from '../base64.js';
import { FEATURES, mnistNetwork } from './network.js';
import { float32Values, unpackWeights } from './quantization.js';
import { REFERENCE, WEIGHTS } from './weights.js';

/** A trained classifier of MNIST digits; see {@link mnistClassifier}. */
export interface MnistClassifier {
  /** Activations of the last hidden layer, float32 [n, 64], >= 0, of images [n, 28, 28, 1] in [-1, 1]. */
  features(images: tf.Tensor4D): tf.Tensor2D;
  /** Class probabilities, float32 [n, 10], of images [n, 28, 28, 1] in [-1, 1]. */
  probabilities(images: tf.Tensor4D): tf.Tensor2D;
  /** Both of the above in one pass. */
  classify(images: tf.Tensor4D): { features: tf.Tensor2D; probabilities: tf.Tensor2D };
  /** Frees the weights; the classifier cannot be used afterwards. */
  dispose(): void;
}

/** The moments of features of many images: a `Gaussian` of `@ganjs/metrics`. */
export interface FeatureStatistics {
  readonly mean: Float64Array;
  /** [width, width], row after row. */
  readonly covariance: Float64Array;
}

/** Images in one forward pass: the first feature map of 250 takes 12 MB. */
const BATCH = 250;

/**
 * A small convolutional network trained on the 60,000 images of MNIST; its weights come with the package,
 * and its accuracy on the 10,000 test images is {@link MNIST_ACCURACY}. It runs on the active TensorFlow.js
 * backend. Its methods throw ShapeError for images of another shape.
 *
 * @example
 * const classifier = mnistClassifier();
 * const probabilities = classifier.probabilities(images);
 * classifier.dispose();
 */
export function mnistClassifier(): MnistClassifier {
  const network = mnistNetwork();
  unpackWeights(network, base64Bytes(WEIGHTS));

  const classify = (images: tf.Tensor4D) =>
    tf.tidy(() => {
      requireImages(images);
      const [features, logits] = network.predict(images, { batchSize: BATCH }) as [tf.Tensor2D, tf.Tensor2D];
      return { features, probabilities: tf.softmax(logits) };
    });
  return {
    classify,
    features: (images) => tf.tidy(() => classify(images).features),
    probabilities: (images) => tf.tidy(() => classify(images).probabilities),
    dispose: () => void network.dispose(),
  };
}

/**
 * Mean and covariance (n-1) of the 64 features of the 10,000 MNIST test images, as {@link mnistClassifier}
 * gives them: what generated images are compared with.
 */
export function mnistReference(): FeatureStatistics {
  const values = float32Values(base64Bytes(REFERENCE));
  const covariance = new Float64Array(FEATURES * FEATURES);
  let next = FEATURES;
  for (let i = 0; i < FEATURES; i++) {
    for (let j = i; j < FEATURES; j++) {
      covariance[i * FEATURES + j] = values[next]!;
      covariance[j * FEATURES + i] = values[next]!;
      next++;
    }
  }
  return { mean: Float64Array.from(values.subarray(0, FEATURES)), covariance };
}

function requireImages(images: tf.Tensor4D): void {
  const [, height, width, channels] = images.shape;
  if (images.rank !== 4 || height !== 28 || width !== 28 || channels !== 1) {
    throw new ShapeError(
      'mnistClassifier',
      `images of shape [${images.shape}]`,
      '[n, 28, 28, 1]',
      'It was trained on MNIST and knows nothing else.',
    );
  }
}
