import { vaeDecoder, vaeEncoder, withFeatures } from '@ganjs/architectures';
import { gaussianKl } from '@ganjs/losses';
import { defineGame, defineVariant, gaussianLatents } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { adamOf, rates } from './optimizer.js';

const likelihood =
  'what pixels are taken for: coin tosses (cross-entropy), or normal numbers (squared error)';

const count = z.number().int().positive();

/** The variational autoencoder: no GAN, but what GANs are compared with. */
export const vae = defineVariant({
  name: 'vae',
  summary: 'The baseline without a game: an autoencoder whose latent space can be drawn from.',
  paper: {
    title: 'Auto-Encoding Variational Bayes',
    authors: 'Kingma, Welling',
    year: 2014,
    arxiv: '1312.6114',
  },
  algorithm: `encode a minibatch x to means mu and variances s^2 of a latent vector
draw e from N(0, 1),  z = mu + s e
update encoder and decoder by descending
    mean[ -log p(x | z) ] + mean[ 1/2 sum( mu^2 + s^2 - log s^2 - 1 ) ]      (Adam)
p(x | z): each pixel a coin's toss with the decoded brightness, or a Gaussian around it; summed over pixels`,
  task: 'image-synthesis',
  config: z.strictObject({
    latent: count.default(20).describe('length of the latent vector'),
    filters: z
      .array(count)
      .default([])
      .describe(
        "filters of the encoder's convolutions, such as [32,64], undone by the decoder; [] for dense layers only",
      ),
    hiddenUnits: z
      .number()
      .int()
      .min(0)
      .default(400)
      .describe('units of the dense layer before and after the latent vector; 0 for none'),
    likelihood: z
      .union([
        z.strictObject({ kind: z.literal('bernoulli').default('bernoulli').describe(likelihood) }),
        z.strictObject({
          kind: z.literal('gaussian').describe(likelihood),
          stddev: z.number().positive().default(1).describe('standard deviation of the pixels'),
        }),
      ])
      .prefault({}),
    klWeight: z
      .number()
      .min(0)
      .default(1)
      .describe("weight of the latent space's divergence from N(0, 1); 1 is the paper's bound"),
    optimizer: z
      .strictObject({
        learningRate: z.number().positive().default(1e-3).describe('learning rate of Adam'),
        decayFrom: rates.decayFrom,
      })
      .prefault({}),
  }),
  training: { batch: 128, epochs: 10 },
  presets: {
    quick: {
      description: 'two convolutions each way and 4,000 steps: blurred digits in a few minutes on two cores',
      config: { filters: [16, 32], hiddenUnits: 128, optimizer: { decayFrom: 0.6 } },
      batch: 64,
      steps: 4000,
    },
  },
  create(config, { image, seed }) {
    const { latent, likelihood, filters, hiddenUnits } = config;
    const shared = { image, latent, filters, hiddenUnits, seed };
    const optimizer = adamOf(config.optimizer);
    /** -log p(x | z), summed over the pixels of each image, up to a constant. */
    const negativeLogLikelihood = (
      images: tf.Tensor,
      [decoded, beforeTanh]: readonly tf.Tensor[],
    ): tf.Tensor => {
      if (likelihood.kind === 'gaussian') {
        return tf.div(tf.square(tf.sub(images, decoded!)), 2 * likelihood.stddev ** 2);
      }
      // Pixels in [0, 1], and the logits of their decoded brightness.
      const bright = tf.div(tf.add(images, 1), 2);
      const logits = tf.mul(tf.reshape(beforeTanh!, images.shape), 2);
      return tf.sub(tf.softplus(logits), tf.mul(bright, logits));
    };
    return defineGame({
      players: {
        encoder: { network: vaeEncoder(shared), optimizer },
        decoder: { network: withFeatures(vaeDecoder(shared), 'to_rgb'), optimizer },
      },
      moves: [
        {
          trains: ['encoder', 'decoder'],
          loss: ({ real: { images }, n, networks, random }) => {
            const [mean, logVariance] = networks.encoder.outputs(images) as [tf.Tensor2D, tf.Tensor2D];
            const noise = random.normal<tf.Rank.R2>([n, latent]);
            const code = tf.add(mean, tf.mul(tf.exp(tf.div(logVariance, 2)), noise));
            return {
              reconstruction: tf.div(
                tf.sum(negativeLogLikelihood(images, networks.decoder.outputs(code))),
                n,
              ),
              divergence: tf.mul(config.klWeight, gaussianKl(mean, logVariance)),
            };
          },
        },
      ],
      latents: { ...gaussianLatents(latent), synthesize: (z, { networks }) => networks.decoder(z) },
    });
  },
});
