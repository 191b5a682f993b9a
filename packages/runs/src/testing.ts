import { type Dataset, fromArrays } from '@ganjs/datasets';
import { nonSaturating } from '@ganjs/losses';
import { adam, defineGame, defineVariant, gaussianLatents, type Variant } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';

/** 48 images of 4x4 pixels, in three classes. */
export function stripes(): Dataset {
  const images = Uint8Array.from({ length: 48 * 16 }, (_, i) => (i * 37 + (i >> 4) * 11) % 256);
  return fromArrays({
    name: 'stripes',
    images,
    image: { height: 4, width: 4, channels: 1 },
    labels: Uint8Array.from({ length: 48 }, (_, i) => i % 3),
    classes: ['low', 'middle', 'high'],
  });
}

const SEED = 5;

/** A GAN of two dense layers, which a step takes no time to train. */
export const small = defineVariant({
  name: 'small',
  summary: 'Two dense layers.',
  paper: { title: 'None', authors: 'nobody', year: 2026 },
  algorithm: 'update D, update G',
  task: 'image-synthesis',
  config: z.strictObject({
    latent: z.number().int().positive().default(4).describe('length of the noise vector'),
    optimizer: z
      .strictObject({
        learningRate: z.number().positive().default(1e-2).describe('learning rate of both players'),
        beta1: z.number().min(0).lt(1).default(0.5).describe('decay of the mean of gradients'),
      })
      .prefault({})
      .describe('the rule that updates both players'),
  }),
  training: { batch: 8, epochs: 2 },
  presets: {
    brief: { description: 'two steps', config: { latent: 3, optimizer: { beta1: 0 } }, steps: 2 },
  },
  create({ latent, optimizer: rates }, { image, seed }) {
    const pixels = image.height * image.width * image.channels;
    const init = (k: number) => tf.initializers.glorotUniform({ seed: SEED + seed + k });
    const generator = tf.sequential({
      layers: [
        tf.layers.dense({
          units: pixels,
          inputShape: [latent],
          activation: 'tanh',
          kernelInitializer: init(1),
        }),
        tf.layers.reshape({ targetShape: [image.height, image.width, image.channels] }),
      ],
    });
    const discriminator = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [image.height, image.width, image.channels] }),
        tf.layers.dense({ units: 1, kernelInitializer: init(2) }),
      ],
    });
    const loss = nonSaturating();
    const optimizer = adam(rates);
    return defineGame({
      players: {
        discriminator: { network: discriminator, optimizer },
        generator: { network: generator, optimizer, ema: 0.9 },
      },
      moves: [
        {
          trains: 'discriminator',
          loss: ({ real, n, networks: { generator: G, discriminator: D }, random }) => ({
            adversarial: loss.discriminator(D(real.images), D(G(random.normal([n, latent])))),
          }),
        },
        {
          trains: 'generator',
          loss: ({ n, networks: { generator: G, discriminator: D }, random }) => ({
            adversarial: loss.generator(D(G(random.normal([n, latent])))),
          }),
        },
      ],
      latents: { ...gaussianLatents(latent), synthesize: (z, { networks }) => networks.generator(z) },
    });
  },
}) as unknown as Variant;
