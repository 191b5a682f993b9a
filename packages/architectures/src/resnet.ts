import { groupNorm, residualBlock } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';
import { conditioned, withLabel } from './conditioning.js';
import { type DiscriminatorOptions, logitOf } from './discriminatorOptions.js';
import { initializerOf, seeded } from './initialization.js';
import { mapSides } from './mapSides.js';
import type { BatchNormOptions, NetworkOptions, NoiseOptions } from './networkOptions.js';
import { checkNorm } from './norm.js';

/** Options of {@link resnetGenerator}. */
export interface ResnetGeneratorOptions extends NoiseOptions, BatchNormOptions {
  /** Channels of all feature maps. Default 128. */
  readonly width?: number;
  /** Default `batch`. */
  readonly norm?: 'batch' | 'none';
}

/**
 * The residual generator of WGAN-GP on CIFAR-10: a dense layer makes a map whose sides are the image's, halved
 * while they are even and larger than 4; a residual block for each doubling; batch norm, ReLU, a 3x3 convolution
 * and tanh. For 32x32x3: 1,204,483 trainable scalars.
 *
 * With `classes`, a label becomes an embedding of 50 and a dense plane, which joins the first feature map as one
 * more channel.
 *
 * @returns a model from `[batch, latent]` (and int32 labels `[batch]`) to `[batch, height, width, channels]` in [-1, 1].
 * @throws ArchitectureError when a side is odd, or not larger than 4.
 * @source Gulrajani et al., "Improved Training of Wasserstein GANs" (2017), appendix F, and the authors' code.
 */
export function resnetGenerator(options: ResnetGeneratorOptions): tf.LayersModel {
  return seeded(options.seed, 'generator', () => buildGenerator(options));
}

function buildGenerator(options: ResnetGeneratorOptions): tf.LayersModel {
  const { image, latent = 128, width = 128, norm = 'batch', classes = 0 } = options;
  const { batchNormMomentum = 0.99, epsilon = 1e-3 } = options;
  checkNorm(norm, 'batch', 'none');
  const sides = mapSides('resnetGenerator', image).reverse();
  const kernelInitializer = initializerOf(options.initialization ?? 'glorot');
  const normOf = (name: string) =>
    norm === 'batch' ? tf.layers.batchNormalization({ name, momentum: batchNormMomentum, epsilon }) : null;

  const noise = tf.input({ name: 'noise', shape: [latent] });
  const inputs = withLabel(noise, classes);
  const [h, w] = sides[0]!;
  const project = tf.layers.dense({ name: 'project', units: h * w * width, kernelInitializer });
  const map = tf.layers.reshape({ name: 'map', targetShape: [h, w, width] });
  const first = map.apply(project.apply(noise)) as tf.SymbolicTensor;
  let x = conditioned(first, inputs[1], classes);
  for (let stage = 1; stage < sides.length; stage++) {
    x = residualBlock({
      name: `up${stage}`,
      filters: width,
      resample: 'up',
      norm: normOf('norm'),
      kernelInitializer,
      shortcutInitializer: kernelInitializer,
    }).apply(x) as tf.SymbolicTensor;
  }
  for (const layer of [
    normOf('norm'),
    tf.layers.reLU({ name: 'relu' }),
    tf.layers.conv2d({
      name: 'to_rgb',
      filters: image.channels,
      kernelSize: 3,
      padding: 'same',
      kernelInitializer,
    }),
    tf.layers.activation({ name: 'pixels', activation: 'tanh' }),
  ]) {
    if (layer) x = layer.apply(x) as tf.SymbolicTensor;
  }
  return tf.model({ name: 'generator', inputs, outputs: x });
}

/** Options of {@link resnetDiscriminator}. */
export interface ResnetDiscriminatorOptions extends NetworkOptions, Omit<DiscriminatorOptions, 'norm'> {
  /** Channels of all feature maps. Default 128. */
  readonly width?: number;
  /** In all blocks but the first. Default `none`, as in the authors' form for CIFAR-10. */
  readonly norm?: 'layer' | 'none';
}

/**
 * The residual critic of WGAN-GP on CIFAR-10: residual blocks that halve both sides while they are even and larger
 * than 8, two that keep them, ReLU, the mean over all pixels, one logit. For 32x32x3: 1,053,825 trainable
 * scalars. With `spectralNorm` it is SNGAN's.
 *
 * With `classes`, a label becomes an embedding of 50 and a dense plane of the image's size, which joins the
 * image as one more channel. The layer `features` holds what the logit (or minibatch discrimination) reads.
 *
 * @returns a model from `[batch, height, width, channels]` (and int32 labels `[batch]`) to logits `[batch, 1]`.
 * @throws ArchitectureError when a side is odd, or not larger than 8.
 * @source as {@link resnetGenerator}; Miyato et al., "Spectral Norm for Generative Adversarial
 * Networks" (2018), table 4.
 */
export function resnetDiscriminator(options: ResnetDiscriminatorOptions): tf.LayersModel {
  return seeded(options.seed, 'discriminator', () => buildDiscriminator(options));
}

function buildDiscriminator(options: ResnetDiscriminatorOptions): tf.LayersModel {
  const { image, width = 128, norm = 'none', spectralNorm = false, classes = 0 } = options;
  checkNorm(norm, 'none', 'layer');
  const halvings = mapSides('resnetDiscriminator', image, { smallest: 8 }).length - 1;
  const kernelInitializer = initializerOf(options.initialization ?? 'glorot');

  const input = tf.input({ name: 'image', shape: [image.height, image.width, image.channels] });
  const inputs = withLabel(input, classes);
  let x = conditioned(input, inputs[1], classes);
  for (let block = 1; block <= halvings + 2; block++) {
    x = residualBlock({
      name: `block${block}`,
      filters: width,
      resample: block <= halvings ? 'down' : 'none',
      preactivation: block > 1,
      norm: norm === 'layer' && block > 1 ? groupNorm({ groups: 1 }) : null,
      spectralNorm,
      kernelInitializer,
      shortcutInitializer: kernelInitializer,
    }).apply(x) as tf.SymbolicTensor;
  }
  x = tf.layers.reLU({ name: 'relu' }).apply(x) as tf.SymbolicTensor;
  x = tf.layers
    .globalAveragePooling2d({ name: 'features', dataFormat: 'channelsLast' })
    .apply(x) as tf.SymbolicTensor;
  const outputs = logitOf(x, options, { useBias: true, kernelInitializer });
  return tf.model({ name: 'discriminator', inputs, outputs });
}
