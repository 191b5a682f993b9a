import { dropout } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';
import { ArchitectureError } from './errors.js';
import type { ImageShape } from './image.js';
import { type Initialization, initializerOf, seeded } from './initialization.js';

export interface DcganGeneratorOptions {
  readonly image: ImageShape;
  /** Length of the noise vector. Default 100. */
  readonly latent?: number;
  /** Channels of the first feature map; each layer but the last halves them. Default 256. */
  readonly width?: number;
  /** Side of the transposed convolutions' kernels. Default 5. */
  readonly kernel?: number;
  /** Units of a dense layer between the noise and the first feature map. Default 0: none, as in the tutorial. */
  readonly hidden?: number;
  /** Whether a layer of stride 1 precedes the two that double the map, as in the tutorial. Default true. */
  readonly refine?: boolean;
  /** Slope of LeakyReLU below zero. Default 0.3. */
  readonly slope?: number;
  /** Share of the batch-norm statistics kept at each step. Default 0.99. */
  readonly momentum?: number;
  /** Default `glorot`. */
  readonly initialization?: Initialization;
  /** Number of classes, for a conditional generator: it takes `[latent, labels]`. Default 0, unconditional. */
  readonly classes?: number;
  readonly seed: number;
}

/** Length of the vector that a class label becomes. */
const EMBEDDING = 50;

/**
 * The generator of the TensorFlow DCGAN tutorial, for any image whose sides divide by 4:
 * Dense H/4·W/4·256 → transposed 5x5 convolutions 128 (stride 1), 64 (stride 2), channels (stride 2), tanh;
 * batch norm and LeakyReLU between, no biases. For 28x28x1: 2,305,472 trainable scalars.
 *
 * With `classes`, a label becomes an embedding of 50 and a dense H/4·W/4 plane, which joins the first
 * feature map as one more channel.
 *
 * @returns a model from `[batch, latent]` (and int32 labels `[batch]`) to `[batch, height, width, channels]` in [-1, 1].
 * @throws ArchitectureError when a side does not divide by 4, or the width does not.
 * Source: Radford et al., "Unsupervised Representation Learning with DCGANs" (2016); tensorflow.org, "Deep
 * Convolutional Generative Adversarial Network".
 */
export function dcganGenerator(options: DcganGeneratorOptions): tf.LayersModel {
  return seeded(options.seed, 'generator', () => buildGenerator(options));
}

function buildGenerator(options: DcganGeneratorOptions): tf.LayersModel {
  const { image, latent = 100, width = 256, kernel = 5, hidden = 0, refine = true } = options;
  const { slope = 0.3, momentum = 0.99, classes = 0 } = options;
  checkDividesBy4({ 'image.height': image.height, 'image.width': image.width, width });
  const kernelInitializer = initializerOf(options.initialization ?? 'glorot');
  const [h, w] = [image.height / 4, image.width / 4];
  const normalized = (x: tf.SymbolicTensor, name: string) => {
    const norm = tf.layers.batchNormalization({ name: `${name}_norm`, momentum, epsilon: 1e-3 });
    return tf.layers
      .leakyReLU({ name: `${name}_relu`, alpha: slope })
      .apply(norm.apply(x)) as tf.SymbolicTensor;
  };
  const upsample = (x: tf.SymbolicTensor, name: string, filters: number, strides: number) =>
    tf.layers
      .conv2dTranspose({
        name,
        filters,
        kernelSize: kernel,
        strides,
        padding: 'same',
        useBias: false,
        kernelInitializer,
      })
      .apply(x) as tf.SymbolicTensor;

  const noise = tf.input({ name: 'noise', shape: [latent] });
  const dense = (x: tf.SymbolicTensor, name: string, units: number) => {
    const layer = tf.layers.dense({ name, units, useBias: false, kernelInitializer });
    return normalized(layer.apply(x) as tf.SymbolicTensor, name);
  };
  let x = hidden > 0 ? dense(noise, 'hidden', hidden) : noise;
  x = dense(x, 'project', h * w * width);
  x = tf.layers.reshape({ name: 'map', targetShape: [h, w, width] }).apply(x) as tf.SymbolicTensor;
  const inputs = [noise];
  if (classes > 0) {
    const label = tf.input({ name: 'label', shape: [], dtype: 'int32' });
    inputs.push(label);
    x = joined(x, labelPlane(label, classes, [h, w]));
  }
  if (refine) x = normalized(upsample(x, 'refine', width / 2, 1), 'refine');
  x = normalized(upsample(x, 'up1', refine ? width / 4 : width / 2, 2), 'up1');
  x = upsample(x, 'up2', image.channels, 2);
  x = tf.layers.activation({ name: 'pixels', activation: 'tanh' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ name: 'generator', inputs, outputs: x });
}

export interface DcganDiscriminatorOptions {
  readonly image: ImageShape;
  /** Filters of the first convolution, doubled by the second. Default 64. */
  readonly width?: number;
  /** Side of the convolutions' kernels. Default 5. */
  readonly kernel?: number;
  /** Units of a dense layer between the features and the logit. Default 0: none, as in the tutorial. */
  readonly hidden?: number;
  /** Slope of LeakyReLU below zero. Default 0.3. */
  readonly slope?: number;
  /** Share of activations dropped after each convolution. Default 0.3. */
  readonly dropoutRate?: number;
  /** Default `glorot`. */
  readonly initialization?: Initialization;
  /** Number of classes, for a conditional discriminator: it takes `[image, labels]`. Default 0, unconditional. */
  readonly classes?: number;
  readonly seed: number;
}

/**
 * The discriminator of the TensorFlow DCGAN tutorial: 5x5 convolutions 64 and 128 of stride 2, each with
 * LeakyReLU and dropout 0.3, then one logit. For 28x28x1: 212,865 trainable scalars.
 *
 * With `classes`, a label becomes an embedding of 50 and a dense plane of the image's size, which joins the
 * image as one more channel.
 *
 * @returns a model from `[batch, height, width, channels]` (and int32 labels `[batch]`) to logits `[batch, 1]`.
 * @throws ArchitectureError when a side does not divide by 4.
 * Source: as {@link dcganGenerator}.
 */
export function dcganDiscriminator(options: DcganDiscriminatorOptions): tf.LayersModel {
  return seeded(options.seed, 'discriminator', () => buildDiscriminator(options));
}

function buildDiscriminator(options: DcganDiscriminatorOptions): tf.LayersModel {
  const { image, width = 64, kernel = 5, hidden = 0, slope = 0.3, dropoutRate = 0.3, classes = 0 } = options;
  checkDividesBy4({ 'image.height': image.height, 'image.width': image.width });
  const kernelInitializer = initializerOf(options.initialization ?? 'glorot');
  const downsample = (x: tf.SymbolicTensor, name: string, filters: number) => {
    const conv = tf.layers.conv2d({
      name,
      filters,
      kernelSize: kernel,
      strides: 2,
      padding: 'same',
      kernelInitializer,
    });
    const relu = tf.layers.leakyReLU({ name: `${name}_relu`, alpha: slope });
    const drop = dropout({ name: `${name}_dropout`, rate: dropoutRate });
    return drop.apply(relu.apply(conv.apply(x))) as tf.SymbolicTensor;
  };

  const input = tf.input({ name: 'image', shape: [image.height, image.width, image.channels] });
  const inputs = [input];
  let x = input;
  if (classes > 0) {
    const label = tf.input({ name: 'label', shape: [], dtype: 'int32' });
    inputs.push(label);
    x = joined(x, labelPlane(label, classes, [image.height, image.width]));
  }
  x = downsample(x, 'down1', width);
  x = downsample(x, 'down2', 2 * width);
  x = tf.layers.flatten({ name: 'features' }).apply(x) as tf.SymbolicTensor;
  if (hidden > 0) {
    const dense = tf.layers.dense({ name: 'hidden', units: hidden, kernelInitializer });
    const relu = tf.layers.leakyReLU({ name: 'hidden_relu', alpha: slope });
    x = relu.apply(dense.apply(x)) as tf.SymbolicTensor;
  }
  const logit = tf.layers.dense({ name: 'logit', units: 1, kernelInitializer });
  return tf.model({ name: 'discriminator', inputs, outputs: logit.apply(x) as tf.SymbolicTensor });
}

/**
 * A class label as one feature map: embedding of 50 from N(0, 1), dense to height·width. It does not start from
 * the small weights of the convolutions: the plane would be too faint to learn from.
 */
function labelPlane(
  label: tf.SymbolicTensor,
  classes: number,
  [height, width]: readonly [number, number],
): tf.SymbolicTensor {
  const embedding = tf.layers.embedding({
    name: 'label_embedding',
    inputDim: classes,
    outputDim: EMBEDDING,
    embeddingsInitializer: initializerOf({ normal: 1 }),
  });
  const dense = tf.layers.dense({
    name: 'label_dense',
    units: height * width,
    kernelInitializer: initializerOf('glorot'),
  });
  const plane = tf.layers.reshape({ name: 'label_plane', targetShape: [height, width, 1] });
  return plane.apply(dense.apply(embedding.apply(label))) as tf.SymbolicTensor;
}

function joined(x: tf.SymbolicTensor, plane: tf.SymbolicTensor): tf.SymbolicTensor {
  return tf.layers.concatenate({ name: 'conditioned', axis: -1 }).apply([x, plane]) as tf.SymbolicTensor;
}

function checkDividesBy4(sizes: Readonly<Record<string, number>>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isInteger(size) || size < 4 || size % 4 !== 0) {
      throw new ArchitectureError(
        `@ganjs/architectures: dcgan: ${name} is ${size}, expected a multiple of 4: ` +
          'the generator doubles its feature map twice and halves its width twice',
      );
    }
  }
}
