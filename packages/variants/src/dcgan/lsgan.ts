import { defineVariant } from '@ganjs/trainer';
import { dcganConfig } from './config.js';
import { dcganGame } from './game.js';
import { quickConfig } from './presets.js';

/** LSGAN: squared distances to the labels, which pull even well-disguised fakes towards the data. */
export const lsgan = defineVariant({
  name: 'lsgan',
  summary: 'Least squares instead of cross-entropy: gradients that do not fade for fakes that already pass.',
  paper: {
    title: 'Least Squares Generative Adversarial Networks',
    authors: 'Mao, Li, Xie, Lau, Wang, Smolley',
    year: 2016,
    arxiv: '1611.04076',
  },
  algorithm: `with labels a = 0 for fakes, b = 1 for reals, c = 1 for what G wants D to say;
for each minibatch x of m images:
  draw noise z from N(0, 1)
  update D by descending  1/2 mean[ (D(x) - b)^2 ] + 1/2 mean[ (D(G(z)) - a)^2 ]
  draw new noise z
  update G by descending  1/2 mean[ (D(G(z)) - c)^2 ]`,
  task: 'image-synthesis',
  config: dcganConfig({
    latent: 1024,
    generator: { stride1Layer: false, leakySlope: 0, initStddev: 0.02 },
    discriminator: { norm: 'batch', leakySlope: 0.2, dropout: 0, initStddev: 0.02 },
    objective: { loss: 'least-squares' },
    optimizer: { learningRate: 2e-4, beta1: 0.5 },
  }),
  training: { batch: 64, epochs: 50 },
  presets: {
    quick: {
      description: 'narrow networks and 4,000 small steps: digits in a few minutes on two cores',
      config: {
        ...quickConfig,
        latent: 100,
        discriminator: { ...quickConfig.discriminator, norm: 'none' },
        penalty: { kind: 'r1', weight: 1 },
        optimizer: { ...quickConfig.optimizer, learningRate: 1e-3, beta1: 0 },
      },
      batch: 32,
      steps: 4000,
    },
  },
  create: (config, context) => dcganGame('lsgan', config, context, { batchNormMomentum: 0.9 }),
});
