import { dropout } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';
import { conditioned, withLabel } from './conditioning.js';
import {
  type DiscriminatorNorm,
  type DiscriminatorOptions,
  logitOf,
  normalized,
  spectral,
} from './discriminatorOptions.js';
import { ArchitectureError } from './errors.js';
import { initializerOf, seeded } from './initialization.js';
import type { BatchNormOptions, NetworkOptions, NoiseOptions } from './networkOptions.js';
import { rectifier } from './rectifier.js';

/** Options of {@link mlpGenerator}. */
export interface MlpGeneratorOptions extends NoiseOptions, BatchNormOptions {
  /** Units of the three hidden layers, or of each hidden layer in turn. Default 512. */
  readonly width?: number | readonly number[];
  /** Batch norm between the hidden layers, not on the first. Default `none`. */
  readonly norm?: 'batch' | 'none';
  /** Slope of the activations below zero. Default 0: ReLU. */
  readonly leakySlope?: number;
}

/**
 * A perceptron that generates small images, or points of the plane as images of 1x1x2: dense layers with ReLU, tanh.
 *
 * The defaults are those of WGAN and of WGAN-GP's toy data: for 64x64x3, 6,880,768 trainable scalars; for points
 * with `latent: 2`, 527,874. The small perceptron of many tutorials is `{ width: [128, 256, 512, 1024], norm:
 * 'batch', leakySlope: 0.2 }`: 1,510,032 for 28x28x1.
 *
 * With `classes`, a label becomes an embedding of 50, which is joined to the noise.
 *
 * @returns a model from `[batch, latent]` (and int32 labels `[batch]`) to `[batch, height, width, channels]` in [-1, 1].
 * @throws ArchitectureError when there is no hidden layer, or one without units.
 * @source Arjovsky et al., "Wasserstein GAN" (2017); Gulrajani et al., "Improved Training of Wasserstein GANs"
 * (2017), and the authors' code of both.
 */
export function mlpGenerator(options: MlpGeneratorOptions): tf.LayersModel {
  return seeded(options.seed, 'generator', () => buildGenerator(options));
}

function buildGenerator(options: MlpGeneratorOptions): tf.LayersModel {
  const { image, latent = 100, norm = 'none', leakySlope = 0, classes = 0 } = options;
  const { batchNormMomentum = 0.99, epsilon = 1e-3 } = options;
  const widths = hiddenWidths('mlpGenerator', options.width);
  const { height, width, channels } = image;
  const kernelInitializer = initializerOf(options.initialization ?? 'glorot');

  const noise = tf.input({ name: 'noise', shape: [latent] });
  const inputs = withLabel(noise, classes);
  let x = conditioned(noise, inputs[1], classes);
  for (const [i, units] of widths.entries()) {
    const name = `hidden${i + 1}`;
    x = tf.layers.dense({ name, units, kernelInitializer }).apply(x) as tf.SymbolicTensor;
    if (i > 0) x = normalized(x, `${name}_norm`, norm, { batchNormMomentum, epsilon });
    x = rectifier(`${name}_relu`, leakySlope).apply(x) as tf.SymbolicTensor;
  }
  for (const layer of [
    tf.layers.dense({ name: 'to_rgb', units: height * width * channels, kernelInitializer }),
    tf.layers.reshape({ name: 'image', targetShape: [height, width, channels] }),
    tf.layers.activation({ name: 'pixels', activation: 'tanh' }),
  ])
    x = layer.apply(x) as tf.SymbolicTensor;
  return tf.model({ name: 'generator', inputs, outputs: x });
}

/** Options of {@link mlpDiscriminator}. */
export interface MlpDiscriminatorOptions
  extends NetworkOptions,
    BatchNormOptions,
    Omit<DiscriminatorOptions, 'norm'> {
  /** Between the hidden layers, not on the first. There are no instances to norm without pixels. Default `none`. */
  readonly norm?: Exclude<DiscriminatorNorm, 'instance'>;
  /** Units of the three hidden layers, or of each hidden layer in turn. Default 512. */
  readonly width?: number | readonly number[];
  /** Slope of the activations below zero. Default 0: ReLU. */
  readonly leakySlope?: number;
  /** Fraction of activations dropped after each hidden layer. Default 0. */
  readonly dropoutRate?: number;
}

/**
 * The discriminator of what {@link mlpGenerator} generates: dense layers with ReLU, then one logit.
 *
 * The defaults are those of WGAN and of WGAN-GP's toy data: for 64x64x3, 6,817,793 trainable scalars; for points
 * as images of 1x1x2, 527,361. The small perceptron of many tutorials is `{ width: [512, 256], leakySlope: 0.2 }`:
 * 533,505 for 28x28x1.
 *
 * With `classes`, a label becomes an embedding of 50, which is joined to the pixels. The layer `features` holds
 * what the logit (or minibatch discrimination) reads.
 *
 * @returns a model from `[batch, height, width, channels]` (and int32 labels `[batch]`) to logits `[batch, 1]`.
 * @throws ArchitectureError when there is no hidden layer, or one without units.
 * @source as {@link mlpGenerator}.
 */
export function mlpDiscriminator(options: MlpDiscriminatorOptions): tf.LayersModel {
  return seeded(options.seed, 'discriminator', () => buildDiscriminator(options));
}

function buildDiscriminator(options: MlpDiscriminatorOptions): tf.LayersModel {
  const { image, norm = 'none', leakySlope = 0, dropoutRate = 0, classes = 0 } = options;
  const { batchNormMomentum = 0.99, epsilon = 1e-3 } = options;
  const widths = hiddenWidths('mlpDiscriminator', options.width);
  const kernelInitializer = initializerOf(options.initialization ?? 'glorot');

  const input = tf.input({ name: 'image', shape: [image.height, image.width, image.channels] });
  const inputs = withLabel(input, classes);
  const pixels = tf.layers.flatten({ name: 'flat' }).apply(input) as tf.SymbolicTensor;
  let x = conditioned(pixels, inputs[1], classes);
  for (const [i, units] of widths.entries()) {
    const name = `hidden${i + 1}`;
    const dense = tf.layers.dense({ name, units, kernelInitializer });
    x = spectral(dense, options).apply(x) as tf.SymbolicTensor;
    if (i > 0) x = normalized(x, `${name}_norm`, norm, { batchNormMomentum, epsilon });
    x = rectifier(`${name}_relu`, leakySlope).apply(x) as tf.SymbolicTensor;
    const last = i === widths.length - 1;
    const drop = dropout({ name: last ? 'features' : `${name}_dropout`, rate: dropoutRate });
    x = drop.apply(x) as tf.SymbolicTensor;
  }
  const outputs = logitOf(x, options, { useBias: true, kernelInitializer });
  return tf.model({ name: 'discriminator', inputs, outputs });
}

function hiddenWidths(builder: string, width: number | readonly number[] = 512): readonly number[] {
  const widths = typeof width === 'number' ? [width, width, width] : width;
  if (widths.length > 0 && widths.every((units) => Number.isInteger(units) && units > 0)) return widths;
  throw new ArchitectureError(
    `@ganjs/architectures: ${builder}: width is [${widths.join(', ')}], ` +
      'expected units of the hiddenUnits layers, such as 512 or [128, 256, 512]',
  );
}
