import * as tf from '@tensorflow/tfjs';
import { normalized } from './discriminatorOptions.js';
import { ArchitectureError } from './errors.js';
import { type Initialization, initializerOf, seeded } from './initialization.js';
import { rectifier } from './rectifier.js';

/** Options of {@link recognitionNetwork}. */
export interface RecognitionNetworkOptions {
  /** Length of the features that it reads. */
  readonly features: number;
  /** Values of the categorical code, at least 2. Default 10. */
  readonly categories?: number;
  /** Number of continuous codes. Default 2. */
  readonly continuous?: number;
  /** Units of the hidden layer. Default 128. */
  readonly hiddenUnits?: number;
  /** Slope of LeakyReLU below zero. Default 0.1. */
  readonly leakySlope?: number;
  /** Fraction of the batch-norm statistics kept at each step. Default 0.99. */
  readonly batchNormMomentum?: number;
  /** Added to the variance by batch norm. Default 1e-3. */
  readonly epsilon?: number;
  /** Default `glorot`. */
  readonly initialization?: Initialization;
  readonly seed: number;
}

/**
 * InfoGAN's recognition network Q, a second head on the discriminator's features: Dense 128 with batch norm and
 * LeakyReLU 0.1, then the guessed codes. Over 1024 features: 133,262 trainable scalars.
 *
 * @returns a model from features `[batch, features]` to three outputs: logits of the category
 *   `[batch, categories]`, and of the continuous codes the means and the logarithms of the variances
 *   `[batch, continuous]`, which are left out where there are none.
 * @throws ArchitectureError when there are fewer than two categories.
 * @source Chen et al., "InfoGAN" (2016), appendix C.1, and the authors' code, which holds all variances at 1.
 */
export function recognitionNetwork(options: RecognitionNetworkOptions): tf.LayersModel {
  const { features, categories = 10, continuous = 2, hiddenUnits = 128, leakySlope = 0.1, seed } = options;
  const { batchNormMomentum = 0.99, epsilon = 1e-3, initialization = 'glorot' } = options;
  if (!(Number.isInteger(categories) && categories >= 2)) {
    throw new ArchitectureError(
      `@ganjs/architectures: recognitionNetwork: categories is ${categories}, expected a whole number from 2 on`,
    );
  }
  return seeded(seed, 'recognition', () => {
    const kernelInitializer = initializerOf(initialization);
    const dense = (x: tf.SymbolicTensor, name: string, units: number) =>
      tf.layers.dense({ name, units, kernelInitializer }).apply(x) as tf.SymbolicTensor;
    const input = tf.input({ name: 'features', shape: [features] });
    const norm = normalized(dense(input, 'hidden', hiddenUnits), 'hidden_norm', 'batch', {
      batchNormMomentum,
      epsilon,
    });
    const x = rectifier('hidden_relu', leakySlope).apply(norm) as tf.SymbolicTensor;
    const outputs = [dense(x, 'category', categories)];
    if (continuous > 0) outputs.push(dense(x, 'mean', continuous), dense(x, 'log_variance', continuous));
    return tf.model({ name: 'recognition', inputs: input, outputs });
  });
}
