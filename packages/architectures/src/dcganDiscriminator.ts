import { dropout } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';
import { conditioned, withLabel } from './conditioning.js';
import { type DiscriminatorOptions, logitOf, normalized, spectral } from './discriminatorOptions.js';
import { initializerOf, seeded } from './initialization.js';
import { mapSides } from './mapSides.js';
import type { BatchNormOptions, NetworkOptions } from './networkOptions.js';
import { checkNorm } from './norm.js';
import { rectifier } from './rectifier.js';

/** Options of {@link dcganDiscriminator}. */
export interface DcganDiscriminatorOptions extends NetworkOptions, BatchNormOptions, DiscriminatorOptions {
  /**
   * How often the image is halved. Default: as often as both sides can be while they are even and larger than 4
   * (28: twice; 32: three times; 64: four times). With more, odd sides are halved upwards.
   */
  readonly stages?: number;
  /** Filters of the first convolution; each one after it has twice as many. Default 64. */
  readonly width?: number;
  /** Side of the convolutions' kernels. Default 5. */
  readonly kernelSize?: number;
  /** Units of a dense layer between the map and the logit. Default 0: none, as in the tutorial. */
  readonly hiddenUnits?: number;
  /** Slope of LeakyReLU below zero. Default 0.3. */
  readonly leakySlope?: number;
  /** Fraction of activations dropped after each convolution. Default 0.3. */
  readonly dropoutRate?: number;
  /** Whether layers add biases. Default: except with batch norm, as in the paper. */
  readonly bias?: boolean;
}

/**
 * The discriminator of DCGAN: convolutions of stride 2, each with twice the filters of the one before it, then one
 * logit. A sigmoid, where a paper ends in one, belongs to the loss.
 *
 * The defaults are the form of TensorFlow's tutorial: for 28x28x1, 5x5 convolutions 64 and 128, each with
 * LeakyReLU 0.3 and dropout 0.3: 212,865 trainable scalars. Other forms, the slope being 0.2 and nothing dropped:
 *
 * - the authors' 64x64x3: `{ width: 128, norm: 'batch' }`, 17,232,768;
 * - its Torch port: `{ kernelSize: 4, norm: 'batch' }`, 2,765,568;
 * - WGAN-GP's critic on MNIST: `{ stages: 3 }`, 1,030,145.
 *
 * With `classes`, a label becomes an embedding of 50 and a dense plane of the image's size, which joins the
 * image as one more channel.
 *
 * The layer `features` holds what the logit (or minibatch discrimination) reads.
 *
 * @returns a model from `[batch, height, width, channels]` (and int32 labels `[batch]`) to logits `[batch, 1]`.
 * @throws ArchitectureError when the sides cannot be halved as asked.
 * @source Radford et al., "Unsupervised Representation Learning with DCGANs" (2016); tensorflow.org, "Deep
 * Convolutional Generative Adversarial Network".
 */
export function dcganDiscriminator(options: DcganDiscriminatorOptions): tf.LayersModel {
  return seeded(options.seed, 'discriminator', () => buildDiscriminator(options));
}

function buildDiscriminator(options: DcganDiscriminatorOptions): tf.LayersModel {
  const {
    image,
    width = 64,
    kernelSize = 5,
    hiddenUnits = 0,
    leakySlope = 0.3,
    dropoutRate = 0.3,
    classes = 0,
  } = options;
  const {
    norm = 'none',
    bias: useBias = norm !== 'batch',
    batchNormMomentum = 0.99,
    epsilon = 1e-3,
  } = options;
  checkNorm(norm, 'none', 'batch', 'layer', 'instance');
  const sides = mapSides('dcganDiscriminator', image, { stages: options.stages });
  const kernelInitializer = initializerOf(options.initialization ?? 'glorot');
  const normal = (x: tf.SymbolicTensor, name: string) =>
    normalized(x, `${name}_norm`, norm, { batchNormMomentum, epsilon });

  const input = tf.input({ name: 'image', shape: [image.height, image.width, image.channels] });
  const inputs = withLabel(input, classes);
  let x = conditioned(input, inputs[1], classes);
  for (let stage = 1; stage < sides.length; stage++) {
    const name = `down${stage}`;
    const conv = tf.layers.conv2d({
      name,
      filters: width * 2 ** (stage - 1),
      kernelSize,
      strides: 2,
      padding: 'same',
      useBias,
      kernelInitializer,
    });
    x = spectral(conv, options).apply(x) as tf.SymbolicTensor;
    if (stage > 1) x = normal(x, name);
    x = rectifier(`${name}_relu`, leakySlope).apply(x) as tf.SymbolicTensor;
    x = dropout({ name: `${name}_dropout`, rate: dropoutRate }).apply(x) as tf.SymbolicTensor;
  }
  x = tf.layers.flatten({ name: hiddenUnits > 0 ? 'flat' : 'features' }).apply(x) as tf.SymbolicTensor;
  if (hiddenUnits > 0) {
    const dense = tf.layers.dense({ name: 'hidden', units: hiddenUnits, useBias, kernelInitializer });
    x = normal(spectral(dense, options).apply(x) as tf.SymbolicTensor, 'hidden');
    x = rectifier('features', leakySlope).apply(x) as tf.SymbolicTensor;
  }
  const outputs = logitOf(x, options, { useBias, kernelInitializer });
  return tf.model({ name: 'discriminator', inputs, outputs });
}
