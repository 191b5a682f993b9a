import type { ImageShape } from '@ganjs/datasets';
import * as tf from '@tensorflow/tfjs';
import { ArchitectureError } from './errors.js';
import { type Initialization, initializerOf, seeded } from './initialization.js';
import { checkNorm } from './norm.js';

/** What both networks of text-to-image share. */
export interface TextToImageOptions {
  /** Both sides are multiples of `2 ** stages`. */
  readonly image: ImageShape;
  /** Numbers in a caption's embedding. Default 256. */
  readonly embedding?: number;
  /** How often the generator doubles its map and the discriminator halves its own. Default 2: from 7x7 to 28x28. */
  readonly stages?: number;
  /** Slope of LeakyReLU below zero. Default 0.2. */
  readonly leakySlope?: number;
  /** Default `glorot`. */
  readonly initialization?: Initialization;
  readonly seed: number;
}

/** Options of {@link textToImageGenerator}. */
export interface TextToImageGeneratorOptions extends TextToImageOptions {
  /** Length of the noise vector. Default 100. */
  readonly latent?: number;
  /** Numbers that meet the noise: an embedding of another length goes through a dense layer first. Default 256. */
  readonly text?: number;
  /** Channels of the first feature map; each doubling halves them. Default 256. */
  readonly width?: number;
  /** Whether batch norm follows each layer but the last. Default `batch`. */
  readonly norm?: 'batch' | 'none';
  /** Fraction of the batch-norm statistics kept at each step. Default 0.9. */
  readonly batchNormMomentum?: number;
}

/**
 * A generator of what a sentence says: text of 256 and noise of 100 → Dense 7·7·256 → transposed 4x4
 * convolutions 128 and 64 of stride 2 → 4x4 convolution to the channels, tanh; batch norm and LeakyReLU between.
 *
 * For 28x28 and embeddings of 256: 5,134,785 trainable scalars with one channel and 5,136,835 with three without batch
 * norm, 896 more with it. An embedding of another length is first compressed to 256 by a dense layer with LeakyReLU:
 * 512·256 + 256 = 131,328 more for 512.
 *
 * @returns a model from `[embeddings [batch, embedding], noise [batch, latent]]` to `[batch, height, width, channels]`
 * in [-1, 1].
 * @throws ArchitectureError when the sides or the width cannot be halved `stages` times.
 * @source Reed et al., "Generative Adversarial Text to Image Synthesis" (2016), section 4.1, in a small form.
 */
export function textToImageGenerator(options: TextToImageGeneratorOptions): tf.LayersModel {
  return seeded(options.seed, 'generator', () => buildGenerator(options));
}

function buildGenerator(options: TextToImageGeneratorOptions): tf.LayersModel {
  const { image, embedding = 256, stages = 2, leakySlope = 0.2, latent = 100 } = options;
  const { text = 256, width = 256, norm = 'batch', batchNormMomentum = 0.9 } = options;
  checkNorm(norm, 'batch', 'none');
  const factor = 2 ** stages;
  checkMultiples('textToImageGenerator', { ...sidesOf(image), width }, factor);
  const kernelInitializer = initializerOf(options.initialization ?? 'glorot');
  const relu = leakyRelu(leakySlope);
  const activated = (x: tf.SymbolicTensor, name: string) => {
    const layer = tf.layers.batchNormalization({
      name: `${name}_norm`,
      momentum: batchNormMomentum,
      epsilon: 1e-5,
    });
    return relu(norm === 'batch' ? apply(layer, x) : x, name);
  };

  const caption = tf.input({ name: 'embedding', shape: [embedding] });
  const noise = tf.input({ name: 'noise', shape: [latent] });
  const compress = () =>
    relu(apply(tf.layers.dense({ name: 'text', units: text, kernelInitializer }), caption), 'text');
  const meaning = embedding === text ? caption : compress();
  const [h, w] = [image.height / factor, image.width / factor];
  let x = tf.layers.concatenate({ name: 'conditioned' }).apply([meaning, noise]) as tf.SymbolicTensor;
  x = apply(tf.layers.dense({ name: 'project', units: h * w * width, kernelInitializer }), x);
  x = activated(apply(tf.layers.reshape({ name: 'map', targetShape: [h, w, width] }), x), 'project');
  for (let i = 1; i <= stages; i++) {
    const config = { filters: width / 2 ** i, kernelSize: 4, strides: 2, padding: 'same' } as const;
    const up = tf.layers.conv2dTranspose({ name: `up${i}`, ...config, kernelInitializer });
    x = activated(apply(up, x), `up${i}`);
  }
  const toRgb = { name: 'to_rgb', filters: image.channels, kernelSize: 4, padding: 'same' } as const;
  x = apply(tf.layers.conv2d({ ...toRgb, activation: 'tanh', kernelInitializer }), x);
  return tf.model({ name: 'generator', inputs: [caption, noise], outputs: x });
}

/** Options of {@link textToImageDiscriminator}. */
export interface TextToImageDiscriminatorOptions extends TextToImageOptions {
  /** Filters of the first convolution; each further one doubles them. Default 64. */
  readonly width?: number;
  /** Numbers that the embedding is compressed to, before it meets each place of the feature map. Default 128. */
  readonly text?: number;
}

/**
 * A discriminator that tells whether an image is real and shows what the sentence says: 4x4 convolutions 64 and 128 of
 * stride 2; the embedding, compressed to 128 by a dense layer, joins each place of the 7x7 map; a 1x1 convolution 256
 * over both, and one logit; LeakyReLU between. For embeddings of 256: 243,521 trainable scalars for 28x28x1, 245,569
 * for 28x28x3; 32,768 more for embeddings of 512.
 *
 * @returns a model from `[images, embeddings [batch, embedding]]` to logits `[batch, 1]`.
 * @throws ArchitectureError when the sides cannot be halved `stages` times.
 * @source Reed et al., "Generative Adversarial Text to Image Synthesis" (2016), section 4.1, in a small form.
 */
export function textToImageDiscriminator(options: TextToImageDiscriminatorOptions): tf.LayersModel {
  return seeded(options.seed, 'discriminator', () => buildDiscriminator(options));
}

function buildDiscriminator(options: TextToImageDiscriminatorOptions): tf.LayersModel {
  const { image, embedding = 256, stages = 2, leakySlope = 0.2, width = 64, text = 128 } = options;
  const factor = 2 ** stages;
  checkMultiples('textToImageDiscriminator', sidesOf(image), factor);
  const kernelInitializer = initializerOf(options.initialization ?? 'glorot');
  const relu = leakyRelu(leakySlope);

  const picture = tf.input({ name: 'image', shape: [image.height, image.width, image.channels] });
  const caption = tf.input({ name: 'embedding', shape: [embedding] });
  let x = picture;
  for (let i = 1; i <= stages; i++) {
    const config = { filters: width * 2 ** (i - 1), kernelSize: 4, strides: 2, padding: 'same' } as const;
    const down = tf.layers.conv2d({ name: `down${i}`, ...config, kernelInitializer });
    x = relu(apply(down, x), `down${i}`);
  }
  const [h, w] = [image.height / factor, image.width / factor];
  let meaning = relu(
    apply(tf.layers.dense({ name: 'text', units: text, kernelInitializer }), caption),
    'text',
  );
  meaning = apply(tf.layers.repeatVector({ name: 'text_everywhere', n: h * w }), meaning);
  meaning = apply(tf.layers.reshape({ name: 'text_map', targetShape: [h, w, text] }), meaning);
  x = tf.layers.concatenate({ name: 'conditioned' }).apply([x, meaning]) as tf.SymbolicTensor;
  const match = { name: 'match', filters: width * factor, kernelSize: 1, kernelInitializer } as const;
  x = relu(apply(tf.layers.conv2d(match), x), 'match');
  x = apply(tf.layers.flatten({ name: 'features' }), x);
  x = apply(tf.layers.dense({ name: 'logit', units: 1, kernelInitializer }), x);
  return tf.model({ name: 'discriminator', inputs: [picture, caption], outputs: x });
}

const leakyRelu = (alpha: number) => (x: tf.SymbolicTensor, name: string) =>
  apply(tf.layers.leakyReLU({ name: `${name}_relu`, alpha }), x);

function apply(layer: tf.layers.Layer, x: tf.SymbolicTensor): tf.SymbolicTensor {
  return layer.apply(x) as tf.SymbolicTensor;
}

const sidesOf = ({ height, width }: ImageShape) => ({ 'image.height': height, 'image.width': width });

function checkMultiples(builder: string, sizes: Readonly<Record<string, number>>, factor: number): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (Number.isInteger(size) && size >= factor && size % factor === 0) continue;
    throw new ArchitectureError(
      `@ganjs/architectures: ${builder}: ${name} is ${size}, expected a multiple of ${factor}, which is 2 for each ` +
        'of the stages; resize the images or choose fewer stages',
    );
  }
}
