export {
  type FeatureStatistics,
  type MnistClassifier,
  mnistClassifier,
  mnistReference,
} from './classifier.js';
export { MNIST_ACCURACY } from './weights.js';
