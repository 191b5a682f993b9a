import type { ImageShape } from '@ganjs/datasets';
import { dropout } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';
import { initializerOf, seeded } from './initialization.js';

/** Options of {@link maxoutGanGenerator}. */
export interface MaxoutGanGeneratorOptions {
  readonly image: ImageShape;
  /** Length of the noise vector. Default 100. */
  readonly latent?: number;
  /** Units of the two hidden layers. Default 1200. */
  readonly hiddenUnits?: number;
  readonly seed: number;
}

/**
 * The generator of the first GAN: latent → 1200 ReLU → 1200 ReLU → pixels, weights U(-0.05, 0.05).
 *
 * The paper's sigmoid gives pixels in [0, 1]; ours are in [-1, 1], so the last activation is
 * tanh(x) = 2 sigmoid(2x) - 1. For 28x28x1: 2,503,984 trainable scalars.
 *
 * @returns a model from `[batch, latent]` to `[batch, height, width, channels]` in [-1, 1].
 * @source Goodfellow et al., "Generative Adversarial Nets" (2014), and the authors' MNIST configuration.
 */
export function maxoutGanGenerator({
  image,
  latent = 100,
  hiddenUnits = 1200,
  seed,
}: MaxoutGanGeneratorOptions): tf.LayersModel {
  const { height, width, channels } = image;
  const kernelInitializer = initializerOf({ uniform: 0.05 });
  return seeded(seed, 'generator', () =>
    tf.sequential({
      name: 'generator',
      layers: [
        tf.layers.dense({
          name: 'hidden1',
          inputShape: [latent],
          units: hiddenUnits,
          activation: 'relu',
          kernelInitializer,
        }),
        tf.layers.dense({
          name: 'hidden2',
          units: hiddenUnits,
          activation: 'relu',
          kernelInitializer,
        }),
        tf.layers.dense({
          name: 'pixels',
          units: height * width * channels,
          activation: 'tanh',
          kernelInitializer,
        }),
        tf.layers.reshape({ name: 'image', targetShape: [height, width, channels] }),
      ],
    }),
  );
}

/** Options of {@link maxoutDiscriminator}. */
export interface MaxoutDiscriminatorOptions {
  readonly image: ImageShape;
  /** Maxout units of the two hidden layers. Default 240. */
  readonly units?: number;
  /** Linear pieces a maxout unit. Default 5. */
  readonly pieces?: number;
  readonly seed: number;
}

/**
 * The discriminator of the first GAN: two maxout layers of 240 units with 5 pieces, dropout 0.2 on the
 * pixels and 0.5 on the hidden units, weights U(-0.005, 0.005). For 28x28x1: 1,231,441 trainable scalars.
 *
 * @returns a model from `[batch, height, width, channels]` to logits `[batch, 1]`.
 * @source Goodfellow et al., "Generative Adversarial Nets" (2014), and the authors' MNIST configuration;
 * maxout: Goodfellow et al., "Maxout Networks" (2013).
 */
export function maxoutDiscriminator(options: MaxoutDiscriminatorOptions): tf.LayersModel {
  const { image, units = 240, pieces = 5, seed } = options;
  const kernelInitializer = initializerOf({ uniform: 0.005 });
  const maxout = (name: string) => [
    tf.layers.dense({ name, units: units * pieces, kernelInitializer }),
    tf.layers.reshape({ name: `${name}_pieces`, targetShape: [pieces, units] }),
    tf.layers.globalMaxPooling1d({ name: `${name}_max` }),
  ];
  return seeded(seed, 'discriminator', () =>
    tf.sequential({
      name: 'discriminator',
      layers: [
        tf.layers.flatten({ name: 'pixels', inputShape: [image.height, image.width, image.channels] }),
        dropout({ name: 'dropout_pixels', rate: 0.2 }),
        ...maxout('maxout1'),
        dropout({ name: 'dropout1', rate: 0.5 }),
        ...maxout('maxout2'),
        dropout({ name: 'dropout2', rate: 0.5 }),
        tf.layers.dense({ name: 'logit', units: 1, kernelInitializer }),
      ],
    }),
  );
}
