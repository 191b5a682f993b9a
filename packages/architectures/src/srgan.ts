import type { ImageShape } from '@ganjs/datasets';
import { nearestUpsampling2d, pixelShuffle } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';
import { ArchitectureError } from './errors.js';
import { type Initialization, initializerOf, seeded } from './initialization.js';
import { checkNorm } from './norm.js';

/** Options of {@link srresnet}. */
export interface SrresnetOptions {
  /** The shape of the small images that are given. */
  readonly source: ImageShape;
  /** How much larger each side becomes. Default 4. */
  readonly factor?: 2 | 4 | 8;
  /** Residual blocks. Default 16. */
  readonly blocks?: number;
  /** Channels of the feature maps. Default 64. */
  readonly width?: number;
  /** Side of the kernels of the first and the last convolution. Default 9. */
  readonly outerKernelSize?: number;
  /**
   * How a map is doubled: a convolution with 4 times the channels, which become 2x2 pixels (default, the paper's
   * sub-pixel convolution), or nearest neighbours followed by a convolution, which cannot leave checkerboards.
   */
  readonly upsampling?: 'pixel-shuffle' | 'upsampling2d';
  /** Default `batch`, as in the paper; later networks (EDSR, ESRGAN) leave it out. */
  readonly norm?: 'batch' | 'none';
  /** What follows the last convolution: `tanh` (default) keeps to [-1, 1], `linear` may overshoot. */
  readonly output?: 'tanh' | 'linear';
  /** Fraction of the batch-norm statistics kept at each step. Default 0.9. */
  readonly batchNormMomentum?: number;
  /** Default `glorot`. */
  readonly initialization?: Initialization;
  readonly seed: number;
}

/**
 * SRResNet, the generator of SRGAN: a 9x9 convolution 64 with PReLU; 16 residual blocks of two 3x3 convolutions 64,
 * each with batch norm, PReLU between; a 3x3 convolution with batch norm whose output is added to that of the first;
 * for each doubling a 3x3 convolution 256, pixel shuffle and PReLU; a 9x9 convolution to the image. PReLU has a slope
 * for each channel, 0.25 at first. For RGB and factor 4: 1,550,659 trainable scalars.
 *
 * @returns a model from `[batch, height, width, channels]` in [-1, 1] to `[batch, factor·height, factor·width, channels]`.
 * @throws ArchitectureError for another factor than 2, 4 or 8.
 * @source Ledig et al., "Photo-Realistic Single Image Super-Resolution Using a Generative Adversarial Network" (2017),
 * figure 4; nearest neighbours: Odena et al., "Deconvolution and Checkerboard Artifacts" (2016).
 */
export function srresnet(options: SrresnetOptions): tf.LayersModel {
  return seeded(options.seed, 'generator', () => buildGenerator(options));
}

function buildGenerator(options: SrresnetOptions): tf.LayersModel {
  const { source, factor = 4, blocks = 16, width = 64, outerKernelSize = 9, norm = 'batch' } = options;
  checkNorm(norm, 'batch', 'none');
  const { upsampling = 'pixel-shuffle', output = 'tanh', batchNormMomentum = 0.9 } = options;
  if (![2, 4, 8].includes(factor)) {
    throw new ArchitectureError(
      `@ganjs/architectures: srresnet: factor is ${factor}, expected 2, 4 or 8: each stage doubles the image`,
    );
  }
  const kernelInitializer = initializerOf(options.initialization ?? 'glorot');
  const conv = (x: tf.SymbolicTensor, name: string, filters = width, kernelSize = 3) =>
    apply(tf.layers.conv2d({ name, filters, kernelSize, padding: 'same', kernelInitializer }), x);
  const normalized = (x: tf.SymbolicTensor, name: string) =>
    norm === 'batch'
      ? apply(
          tf.layers.batchNormalization({ name: `${name}_norm`, momentum: batchNormMomentum, epsilon: 1e-5 }),
          x,
        )
      : x;
  const prelu = (x: tf.SymbolicTensor, name: string) =>
    apply(
      tf.layers.prelu({
        name: `${name}_prelu`,
        sharedAxes: [1, 2],
        alphaInitializer: tf.initializers.constant({ value: 0.25 }),
      }),
      x,
    );
  const sum = (name: string, x: tf.SymbolicTensor, y: tf.SymbolicTensor) =>
    tf.layers.add({ name }).apply([x, y]) as tf.SymbolicTensor;
  const doubled = (x: tf.SymbolicTensor, name: string) =>
    upsampling === 'pixel-shuffle'
      ? apply(pixelShuffle({ name: `${name}_shuffle`, scale: 2 }), conv(x, name, 4 * width))
      : conv(apply(nearestUpsampling2d({ name: `${name}_nearest` }), x), name);

  const input = tf.input({ name: 'source', shape: [source.height, source.width, source.channels] });
  const first = prelu(conv(input, 'first', width, outerKernelSize), 'first');
  let x = first;
  for (let i = 1; i <= blocks; i++) {
    const half = prelu(normalized(conv(x, `block${i}_conv1`), `block${i}_conv1`), `block${i}`);
    x = sum(`block${i}_sum`, x, normalized(conv(half, `block${i}_conv2`), `block${i}_conv2`));
  }
  x = sum('skip', first, normalized(conv(x, 'trunk'), 'trunk'));
  for (let i = 1; i <= Math.log2(factor); i++) x = prelu(doubled(x, `up${i}`), `up${i}`);
  x = conv(x, 'to_rgb', source.channels, outerKernelSize);
  if (output === 'tanh') x = apply(tf.layers.activation({ name: 'pixels', activation: 'tanh' }), x);
  return tf.model({ name: 'generator', inputs: input, outputs: x });
}

/** Options of {@link srganDiscriminator}. */
export interface SrganDiscriminatorOptions {
  readonly image: ImageShape;
  /** Filters of the first two convolutions; each further pair doubles them. Default 64. */
  readonly width?: number;
  /** Units of the dense layer between the features and the logit. Default 1024. */
  readonly hiddenUnits?: number;
  /** What follows all convolutions but the first. Default `batch`. */
  readonly norm?: 'batch' | 'none';
  /** Slope of LeakyReLU below zero. Default 0.2. */
  readonly leakySlope?: number;
  /** Fraction of the batch-norm statistics kept at each step. Default 0.9. */
  readonly batchNormMomentum?: number;
  /** Default `glorot`. */
  readonly initialization?: Initialization;
  readonly seed: number;
}

/**
 * The discriminator of SRGAN: four pairs of 3x3 convolutions of stride 1 and 2 with 64, 128, 256 and 512 filters, batch
 * norm after all but the first, LeakyReLU; Dense 1024, LeakyReLU, one logit. For 96x96 RGB: 23,565,505 trainable
 * scalars.
 *
 * @returns a model from `[batch, height, width, channels]` to logits `[batch, 1]`.
 * @source as {@link srresnet}.
 */
export function srganDiscriminator(options: SrganDiscriminatorOptions): tf.LayersModel {
  return seeded(options.seed, 'discriminator', () => buildDiscriminator(options));
}

function buildDiscriminator(options: SrganDiscriminatorOptions): tf.LayersModel {
  const {
    image,
    width = 64,
    hiddenUnits = 1024,
    norm = 'batch',
    leakySlope = 0.2,
    batchNormMomentum = 0.9,
  } = options;
  checkNorm(norm, 'batch', 'none');
  const kernelInitializer = initializerOf(options.initialization ?? 'glorot');
  const relu = (x: tf.SymbolicTensor, name: string) =>
    apply(tf.layers.leakyReLU({ name: `${name}_relu`, alpha: leakySlope }), x);
  const input = tf.input({ name: 'image', shape: [image.height, image.width, image.channels] });
  let x = input;
  for (const [i, filters] of [width, 2 * width, 4 * width, 8 * width].entries()) {
    for (const strides of [1, 2]) {
      const name = `conv${i + 1}_${strides}`;
      const conv = { name, filters, kernelSize: 3, strides, padding: 'same', kernelInitializer } as const;
      let map = apply(tf.layers.conv2d(conv), x);
      if (norm === 'batch' && x !== input) {
        map = apply(
          tf.layers.batchNormalization({ name: `${name}_norm`, momentum: batchNormMomentum, epsilon: 1e-5 }),
          map,
        );
      }
      x = relu(map, name);
    }
  }
  x = apply(tf.layers.flatten({ name: 'features' }), x);
  x = relu(apply(tf.layers.dense({ name: 'hidden', units: hiddenUnits, kernelInitializer }), x), 'hidden');
  x = apply(tf.layers.dense({ name: 'logit', units: 1, kernelInitializer }), x);
  return tf.model({ name: 'discriminator', inputs: input, outputs: x });
}

function apply(layer: tf.layers.Layer, x: tf.SymbolicTensor): tf.SymbolicTensor {
  return layer.apply(x) as tf.SymbolicTensor;
}
