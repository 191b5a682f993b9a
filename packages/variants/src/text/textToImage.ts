import { textToImageDiscriminator, textToImageGenerator } from '@ganjs/architectures';
import { defineGame, defineVariant, gaussianLatents } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { averaged, ema } from '../averaging.js';
import { adamOf, adamSettings } from '../optimizer.js';

const count = z.number().int().positive();

/** What both networks have. */
const layers = (stages: string) => ({
  stages: count.default(2).describe(stages),
  leakySlope: z.number().min(0).max(1).default(0.2).describe('slope of LeakyReLU below zero'),
  initStddev: z
    .number()
    .positive()
    .optional()
    .describe("standard deviation of the first weights; default: Glorot's uniform ones"),
});

/** GAN-CLS: generates what a sentence says; the discriminator also refuses real images with the wrong sentence. */
export const textToImage = defineVariant({
  name: 'text-to-image',
  summary: 'Generates what a sentence says, for a discriminator that matches images with sentences.',
  paper: {
    title: 'Generative Adversarial Text to Image Synthesis',
    authors: 'Reed, Akata, Yan, Logeswaran, Schiele, Lee',
    year: 2016,
    arxiv: '1605.05396',
  },
  algorithm: `for each minibatch of m images x with captions t, embedded as e = φ(t), and ê the embeddings of other images:
  draw noise z from N(0, 1)
  update D by descending  mean[ -log D(x, e) ] + 1/2 mean[ -log(1 - D(x, ê)) ] + 1/2 mean[ -log(1 - D(G(z, e), e)) ]
  draw new noise z
  update G by descending  mean[ -log D(G(z, e), e) ]`,
  task: 'text-to-image',
  config: z.strictObject({
    latent: z.number().int().positive().default(100).describe('length of the noise vector'),
    generator: z
      .strictObject({
        width: count.default(256).describe('channels of the first feature map'),
        text: count
          .default(256)
          .describe('numbers that meet the noise: embeddings of another length are compressed to them'),
        norm: z.enum(['batch', 'none']).default('batch').describe('what follows the layers'),
        ...layers('doublings of the map'),
      })
      .prefault({}),
    discriminator: z
      .strictObject({
        width: count.default(64).describe('filters of the first convolution'),
        ...layers('halvings of the image'),
      })
      .prefault({}),
    optimizer: adamSettings,
    ema,
  }),
  training: { batch: 64, epochs: 600 },
  presets: {
    quick: {
      description: 'half the width and 1,500 small steps: emoji that fit their names in minutes',
      config: {
        generator: { width: 128, initStddev: 0.02 },
        discriminator: { width: 32, initStddev: 0.02 },
        optimizer: { learningRate: 5e-4, decayFrom: 0.6 },
        ema: 0.99,
      },
      batch: 32,
      steps: 1500,
    },
  },
  create(config, { image, embedding, seed }) {
    const { latent } = config;
    const network = <Settings extends { initStddev?: number | undefined }>({
      initStddev,
      ...options
    }: Settings) => ({
      ...options,
      initialization: initStddev === undefined ? ('glorot' as const) : { normal: initStddev },
      ...{ image, embedding, seed },
    });
    const optimizer = adamOf(config.optimizer);
    return defineGame({
      players: {
        discriminator: {
          network: textToImageDiscriminator(network(config.discriminator)),
          optimizer,
        },
        generator: {
          network: textToImageGenerator({ ...network(config.generator), latent }),
          optimizer,
          ...averaged(config.ema),
        },
      },
      moves: [
        {
          trains: 'discriminator',
          loss: ({ real: { images, embeddings }, n, networks, random }) => {
            const fake = networks.generator(embeddings, random.normal([n, latent]));
            return {
              right: asTrue(networks.discriminator(images, embeddings)),
              wrong: half(asFalse(networks.discriminator(images, rolled(embeddings)))),
              fake: half(asFalse(networks.discriminator(fake, embeddings))),
            };
          },
        },
        {
          trains: 'generator',
          loss: ({ real: { embeddings }, n, networks, random }) => {
            const fake = networks.generator(embeddings, random.normal([n, latent]));
            return { adversarial: asTrue(networks.discriminator(fake, embeddings)) };
          },
        },
      ],
      latents: {
        ...gaussianLatents(latent),
        synthesize: (z, { networks, condition }) => networks.generator(condition.embeddings, z),
      },
    });
  },
});

/** mean[ -log σ(scores) ] */
const asTrue = (scores: tf.Tensor) => tf.mean<tf.Scalar>(tf.softplus(tf.neg(scores)));
/** mean[ -log(1 - σ(scores)) ] */
const asFalse = (scores: tf.Tensor) => tf.mean<tf.Scalar>(tf.softplus(scores));
const half = (loss: tf.Scalar) => tf.mul<tf.Scalar>(0.5, loss);

/** The rows moved up by one: to each image the embedding of the next, to the last that of the first. */
function rolled(embeddings: tf.Tensor2D): tf.Tensor2D {
  return tf.concat([tf.slice(embeddings, 1), tf.slice(embeddings, 0, 1)]);
}
