import { defineVariant } from '@ganjs/trainer';
import { dcganConfig } from './config.js';
import { dcganGame } from './game.js';
import { quickConfig } from './presets.js';

/** WGAN: a critic with clipped weights measures how far the generated images are from the real ones. */
export const wgan = defineVariant({
  name: 'wgan',
  summary: 'A critic with clipped weights measures the Wasserstein distance; the generator shortens it.',
  paper: {
    title: 'Wasserstein GAN',
    authors: 'Arjovsky, Chintala, Bottou',
    year: 2017,
    arxiv: '1701.07875',
  },
  algorithm: `with c = 0.01, n_critic = 5:
repeat n_critic times, on a new minibatch x each:
  draw noise z from N(0, 1)
  update the critic f by descending  mean[ f(G(z)) ] - mean[ f(x) ]     (RMSProp)
  clip the critic's weights to [-c, c]
draw new noise z
update G by descending  -mean[ f(G(z)) ]                                (RMSProp)`,
  task: 'image-synthesis',
  config: dcganConfig({
    generator: { kernelSize: 4, stride1Layer: false, leakySlope: 0, initStddev: 0.02 },
    discriminator: {
      kernelSize: 4,
      norm: 'batch',
      leakySlope: 0.2,
      dropout: 0,
      initStddev: 0.02,
      weightClip: 0.01,
      steps: 5,
    },
    objective: { loss: 'wasserstein' },
    optimizer: { rule: 'rmsprop', learningRate: 5e-5 },
  }),
  training: { batch: 64, epochs: 50 },
  presets: {
    quick: {
      description: 'narrow networks, larger steps: digits in a few minutes on two cores',
      // A critic this narrow goes silent when the scale of its batch norm is clipped too.
      config: {
        ...quickConfig,
        discriminator: { ...quickConfig.discriminator, norm: 'none', steps: 3 },
        optimizer: { ...quickConfig.optimizer, learningRate: 5e-4, discriminatorLearningRate: 2e-4 },
      },
      batch: 32,
      steps: 2500,
    },
  },
  create: (config, context) => dcganGame('wgan', config, context, { batchNormMomentum: 0.9 }),
});
