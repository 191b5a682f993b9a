import * as tf from '@tensorflow/tfjs';
import { conditioned, withLabel } from './conditioning.js';
import { ArchitectureError } from './errors.js';
import { initializerOf, seeded } from './initialization.js';
import { cropped, mapSides } from './mapSides.js';
import type { BatchNormOptions, NoiseOptions } from './networkOptions.js';
import { checkNorm } from './norm.js';
import { rectifier } from './rectifier.js';

/** Options of {@link dcganGenerator}. */
export interface DcganGeneratorOptions extends NoiseOptions, BatchNormOptions {
  /**
   * How often the first feature map is doubled. Default: as often as both sides can be halved while they are even
   * and larger than 4 (28: twice from 7; 32: three times; 64: four times from 4; 100: twice from 25). With more,
   * maps are cropped to the halves rounded up: 3 for 28 goes by 4, 7 and 14.
   */
  readonly stages?: number;
  /**
   * Channels of the first feature map; each one after it has half as many. Default: what leaves 64 for the last
   * one, 256 in the tutorial and 512 in the paper's 64x64.
   */
  readonly width?: number;
  /** Side of the transposed convolutions' kernels. Default 5. */
  readonly kernelSize?: number;
  /** Units of a dense layer between the noise and the first feature map. Default 0: none, as in the tutorial. */
  readonly hiddenUnits?: number;
  /** Whether a layer of stride 1 precedes those that double the map, as in the tutorial. Default true. */
  readonly stride1Layer?: boolean;
  /**
   * What makes the pixels: the last transposed convolution, which doubles the map (default, as in paper and
   * tutorial), or one more 3x3 convolution of stride 1 after it.
   */
  readonly output?: 'transposed' | 'convolution';
  /** Default `batch`. */
  readonly norm?: 'batch' | 'none';
  /**
   * What the batch norm of the first feature map takes for one feature: each of its units (default, as in the
   * tutorial and the authors' code), or each channel (as in the Torch port).
   */
  readonly projectionNorm?: 'unit' | 'channel';
  /** Slope of the activations below zero: 0 is the paper's ReLU. Default 0.3. */
  readonly leakySlope?: number;
  /** Whether layers add biases. Default: only without batch norm, whose offset does that. */
  readonly bias?: boolean;
}

/**
 * The generator of DCGAN: a dense layer makes a small feature map of the noise, transposed convolutions double it
 * up to the image's size, tanh; batch norm and (Leaky)ReLU between.
 *
 * The defaults are the form of TensorFlow's tutorial: for 28x28x1, Dense 7·7·256 → transposed 5x5 convolutions
 * 128 (stride 1), 64 (stride 2), 1 (stride 2): 2,305,472 trainable scalars. Other forms:
 *
 * - the authors' 64x64x3: `{ width: 1024, stride1Layer: false, leakySlope: 0 }`, 18,885,760;
 * - its Torch port: `{ kernelSize: 4, stride1Layer: false, leakySlope: 0, projectionNorm: 'channel' }`, 3,576,704;
 * - WGAN-GP's on MNIST: `{ latent: 128, stages: 3, stride1Layer: false, norm: 'none', leakySlope: 0 }`, 1,554,177.
 *
 * With `classes`, a label becomes an embedding of 50 and a dense plane, which joins the first feature map as one
 * more channel.
 *
 * @returns a model from `[batch, latent]` (and int32 labels `[batch]`) to `[batch, height, width, channels]` in [-1, 1].
 * @throws ArchitectureError when the sides cannot be halved as asked, or the width cannot.
 * @source Radford et al., "Unsupervised Representation Learning with DCGANs" (2016); tensorflow.org, "Deep
 * Convolutional Generative Adversarial Network".
 */
export function dcganGenerator(options: DcganGeneratorOptions): tf.LayersModel {
  return seeded(options.seed, 'generator', () => buildGenerator(options));
}

function buildGenerator(options: DcganGeneratorOptions): tf.LayersModel {
  const {
    image,
    latent = 100,
    kernelSize = 5,
    hiddenUnits = 0,
    stride1Layer = true,
    output = 'transposed',
  } = options;
  const {
    norm = 'batch',
    projectionNorm = 'unit',
    leakySlope = 0.3,
    batchNormMomentum = 0.99,
    epsilon = 1e-3,
  } = options;
  const { bias: useBias = norm === 'none', classes = 0 } = options;
  checkNorm(norm, 'batch', 'none');
  const sides = mapSides('dcganGenerator', image, { stages: options.stages }).reverse();
  const widths = mapWidths(
    options.width,
    sides.length - 1 + Number(stride1Layer) + Number(output === 'convolution'),
  );
  const kernelInitializer = initializerOf(options.initialization ?? 'glorot');

  const normalized = (x: tf.SymbolicTensor, name: string) =>
    norm === 'batch'
      ? (tf.layers
          .batchNormalization({ name: `${name}_norm`, momentum: batchNormMomentum, epsilon })
          .apply(x) as tf.SymbolicTensor)
      : x;
  const activated = (x: tf.SymbolicTensor, name: string) =>
    rectifier(`${name}_relu`, leakySlope).apply(x) as tf.SymbolicTensor;
  const dense = (x: tf.SymbolicTensor, name: string, units: number) =>
    tf.layers.dense({ name, units, useBias, kernelInitializer }).apply(x) as tf.SymbolicTensor;
  const transposed = (x: tf.SymbolicTensor, name: string, filters: number, strides: number) =>
    tf.layers
      .conv2dTranspose({
        name,
        filters,
        kernelSize,
        strides,
        padding: 'same',
        useBias,
        kernelInitializer,
      })
      .apply(x) as tf.SymbolicTensor;

  const noise = tf.input({ name: 'noise', shape: [latent] });
  let x = noise;
  if (hiddenUnits > 0) x = activated(normalized(dense(x, 'hidden', hiddenUnits), 'hidden'), 'hidden');
  const [h, w] = sides[0]!;
  x = dense(x, 'project', h * w * widths[0]!);
  if (projectionNorm === 'unit') x = activated(normalized(x, 'project'), 'project');
  x = tf.layers.reshape({ name: 'map', targetShape: [h, w, widths[0]!] }).apply(x) as tf.SymbolicTensor;
  if (projectionNorm === 'channel') x = activated(normalized(x, 'project'), 'project');
  const inputs = withLabel(noise, classes);
  x = conditioned(x, inputs[1], classes);

  const filters = widths.slice(1).values();
  const next = () => filters.next().value ?? image.channels;
  if (stride1Layer) x = activated(normalized(transposed(x, 'refine', next(), 1), 'refine'), 'refine');
  for (const [i, side] of sides.entries()) {
    if (i === 0) continue;
    const name = `up${i}`;
    x = cropped(transposed(x, name, next(), 2), `${name}_crop`, side);
    if (i < sides.length - 1 || output === 'convolution') x = activated(normalized(x, name), name);
  }
  if (output === 'convolution') {
    x = tf.layers
      .conv2d({
        name: 'to_rgb',
        filters: image.channels,
        kernelSize: 3,
        padding: 'same',
        useBias,
        kernelInitializer,
      })
      .apply(x) as tf.SymbolicTensor;
  }
  x = tf.layers.activation({ name: 'pixels', activation: 'tanh' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ name: 'generator', inputs, outputs: x });
}

/** The channels of the feature maps, each half of those before it. */
function mapWidths(first: number | undefined, maps: number): number[] {
  const halved = 2 ** (maps - 1);
  const width = first ?? 64 * halved;
  if (!Number.isInteger(width) || width < halved || width % halved !== 0) {
    throw new ArchitectureError(
      `@ganjs/architectures: dcganGenerator: width is ${width}, expected a multiple of ${halved}: ` +
        `it is halved from each of the ${maps} feature maps to the next`,
    );
  }
  return Array.from({ length: maps }, (_, i) => width / 2 ** i);
}
