import { textToImageDiscriminator, textToImageGenerator } from '@ganjs/architectures';
import { adam, ConfigError, defineGame, defineVariant, gaussianLatents } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { averaged, ema } from '../averaging.js';
import { decaying } from '../decaying.js';

/** GAN-CLS: paints what a sentence says; the discriminator also refuses real images with the wrong sentence. */
export const textToImage = defineVariant({
  name: 'text-to-image',
  summary: 'Paints what a sentence says, for a discriminator that matches images with sentences.',
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
    text: z
      .number()
      .int()
      .positive()
      .default(256)
      .describe('numbers that meet the noise: embeddings of another length are compressed to them'),
    generatorWidth: z
      .number()
      .int()
      .positive()
      .default(256)
      .describe("channels of the generator's first feature map"),
    discriminatorWidth: z
      .number()
      .int()
      .positive()
      .default(64)
      .describe("filters of the discriminator's first convolution"),
    stages: z
      .number()
      .int()
      .positive()
      .default(2)
      .describe('how often the generator doubles its map, and the discriminator halves its own'),
    norm: z.enum(['batch', 'none']).default('batch').describe("what follows the generator's layers"),
    slope: z.number().min(0).max(1).default(0.2).describe('slope of LeakyReLU below zero'),
    initialDeviation: z
      .number()
      .min(0)
      .default(0)
      .describe("standard deviation of the first weights; 0 takes Glorot's uniform ones"),
    learningRate: z.number().positive().default(2e-4).describe('learning rate of Adam, for both players'),
    decayFrom: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe('fraction of the run after which the learning rate falls linearly to 0; 1 keeps it constant'),
    beta1: z.number().min(0).lt(1).default(0.5).describe('decay of the mean of gradients in Adam'),
    ema,
  }),
  training: { batch: 64, epochs: 600 },
  presets: {
    quick: {
      description: 'half the width and 1,500 small steps: emoji that fit their names in minutes',
      config: {
        generatorWidth: 128,
        discriminatorWidth: 32,
        initialDeviation: 0.02,
        learningRate: 5e-4,
        decayFrom: 0.6,
        ema: 0.99,
      },
      batch: 32,
      steps: 1500,
    },
  },
  create(config, { image, embedding, seed }) {
    if (embedding === undefined) {
      throw new ConfigError(
        '@ganjs/variants: text-to-image: the context has no `embedding`: pass the length of what the text encoder gives',
      );
    }
    const { latent, text, stages, slope, norm } = config;
    const initialization = config.initialDeviation > 0 ? { normal: config.initialDeviation } : 'glorot';
    const shared = { image, embedding, stages, slope, initialization, seed } as const;
    const rate = decaying(config.learningRate, config.decayFrom);
    const optimizer = adam({ learningRate: rate, beta1: config.beta1 });
    return defineGame({
      players: {
        discriminator: {
          network: textToImageDiscriminator({ ...shared, width: config.discriminatorWidth }),
          optimizer,
        },
        generator: {
          network: textToImageGenerator({ ...shared, latent, text, width: config.generatorWidth, norm }),
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
