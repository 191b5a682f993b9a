import type { ImageShape } from '@ganjs/datasets';
import { ambientNormal } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';
import { ArchitectureError } from './errors.js';
import { seeded } from './initialization.js';
import { biasBefore, type Norm, normOf } from './norm.js';
import { checkSameSides } from './sides.js';

/** Options of {@link patchDiscriminator}. */
export interface PatchDiscriminatorOptions {
  /** The shape of the images that are discriminated. */
  readonly image: ImageShape;
  /** The shape of the images that these were made from, of the same sides; without it, the network sees the image alone. */
  readonly source?: ImageShape;
  /** Convolutions of stride 2, 0 to 6; 0 looks at single pixels. Default 3. See {@link patchReceptiveField}. */
  readonly layers?: number;
  /** Filters of the first convolution; each further one doubles them, up to 8 times as many. Default 64. */
  readonly width?: number;
  /** Default `batch`. */
  readonly norm?: Norm;
  /** Slope of LeakyReLU below zero. Default 0.2. */
  readonly leakySlope?: number;
  readonly seed: number;
  /** Keeps several networks of one seed apart. Default `discriminator`. */
  readonly name?: string;
}

/**
 * The side of the square of pixels that one logit of {@link patchDiscriminator} depends on: 1, 16, 34, 70, 142, 286, 574
 * for 0 to 6 layers.
 *
 * @throws ArchitectureError unless `layers` is a whole number from 0 to 6.
 */
export function patchReceptiveField(layers: number): number {
  checkLayers(layers);
  // Back from one logit: two 4x4 convolutions of stride 1 see 7, and each of stride 2 doubles and adds 2.
  return layers === 0 ? 1 : 9 * 2 ** layers - 2;
}

/**
 * PatchGAN: a fully convolutional discriminator with one logit for each patch of the image. 4x4 convolutions 64, 128,
 * 256 of stride 2, 512 and 1 of stride 1, one pixel of zeros around each, LeakyReLU between; all but the first and the
 * last are normalized. Weights start from N(0, 0.02²). With 3 layers, 2,768,705 trainable scalars for 6 channels and
 * 30x30 logits for 256x256.
 *
 * With 0 layers it is the authors' PixelGAN: 1x1 convolutions 64, 128, 1.
 *
 * @returns a model from `[batch, height, width, channels]`, or from `[source, image]` where a `source` is given, to
 * logits `[batch, rows, columns, 1]`.
 * @throws ArchitectureError when the image is too small for the layers, or the sides of source and image differ.
 * @source Isola et al., "Image-to-Image Translation with Conditional Adversarial Networks" (2017), section 6.1.2.
 */
export function patchDiscriminator(options: PatchDiscriminatorOptions): tf.LayersModel {
  const name = options.name ?? 'discriminator';
  return seeded(options.seed, name, () => build(name, options));
}

function build(name: string, options: PatchDiscriminatorOptions): tf.LayersModel {
  const { image, source, layers = 3, width = 64, norm = 'batch', leakySlope = 0.2 } = options;
  checkLayers(layers);
  if (source) checkSameSides('patchGan', source, image);
  checkSize(image, layers);
  const kernelInitializer = ambientNormal({ mean: 0, deviation: 0.02 });
  const useBias = biasBefore(norm);

  const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor) => layer.apply(x) as tf.SymbolicTensor;
  const conv = (
    x: tf.SymbolicTensor,
    at: string,
    config: { filters: number; strides: number; useBias: boolean },
  ) => {
    const kernelSize = layers === 0 ? 1 : 4;
    const padded = layers === 0 ? x : apply(tf.layers.zeroPadding2d({ name: `${at}_pad`, padding: 1 }), x);
    return apply(tf.layers.conv2d({ ...config, name: at, kernelSize, kernelInitializer }), padded);
  };
  const relu = (x: tf.SymbolicTensor, at: string) =>
    apply(tf.layers.leakyReLU({ name: `${at}_relu`, alpha: leakySlope }), x);

  const input = (at: string, { height, width, channels }: ImageShape) =>
    tf.input({ name: at, shape: [height, width, channels] });
  const inputs = [...(source ? [input('source', source)] : []), input('image', image)];
  let x = inputs[0]!;
  if (source) x = tf.layers.concatenate({ name: 'pair', axis: -1 }).apply(inputs) as tf.SymbolicTensor;

  x = relu(conv(x, 'conv1', { filters: width, strides: layers === 0 ? 1 : 2, useBias: true }), 'conv1');
  for (let i = 1; i <= Math.max(layers, 1); i++) {
    const at = `conv${i + 1}`;
    x = conv(x, at, { filters: width * Math.min(2 ** i, 8), strides: i < layers ? 2 : 1, useBias });
    const layer = normOf(norm, `${at}_norm`);
    x = relu(layer ? apply(layer, x) : x, at);
  }
  const logits = conv(x, 'logits', { filters: 1, strides: 1, useBias: layers > 0 || useBias });
  return tf.model({ name, inputs, outputs: logits });
}

function checkLayers(layers: number): void {
  if (!Number.isInteger(layers) || layers < 0 || layers > 6) {
    throw new ArchitectureError(
      `@ganjs/architectures: patchGan: ${layers} layers, expected a whole number from 0 to 6: 3 see patches of 70x70`,
    );
  }
}

function checkSize(image: ImageShape, layers: number): void {
  // Each stride of 2 leaves half a side, each of the two last convolutions takes one pixel.
  const smallest = layers === 0 ? 1 : 3 * 2 ** layers;
  if (Math.min(image.height, image.width) < smallest) {
    throw new ArchitectureError(
      `@ganjs/architectures: patchGan: ${layers} layers on ${image.height}x${image.width}, expected sides of at ` +
        `least ${smallest}: take fewer layers`,
    );
  }
}
