export { type MnistClassifier, mnistClassifier, mnistReference } from './mnist/classifier.ts';
export { evaluateMnistSamples, type MnistEvaluation } from './mnist/evaluate.ts';
export { MNIST_ACCURACY } from './mnist/weights.ts';
