import { defineVariant } from '@ganjs/trainer';
import { dcganConfig } from './config.js';
import { dcganGame } from './game.js';
import { pointsConfig, quickConfig, quickNetworks } from './presets.js';

const narrow = quickNetworks(48, 24, false);

/** WGAN-GP: the critic's gradient is asked to have length 1, instead of clipping its weights. */
export const wganGp = defineVariant({
  name: 'wgan-gp',
  summary: 'WGAN with a gradient penalty instead of clipping: steady, and it finds all modes.',
  paper: {
    title: 'Improved Training of Wasserstein GANs',
    authors: 'Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville',
    year: 2017,
    arxiv: '1704.00028',
  },
  algorithm: `with lambda = 10, n_critic = 5:
repeat n_critic times, on a new minibatch x each:
  draw noise z from N(0, 1) and a number e from U(0, 1) for each image
  x~ = G(z),  x^ = (1 - e) x + e x~
  update the critic D by descending
      mean[ D(x~) ] - mean[ D(x) ] + lambda mean[ (|grad D(x^)| - 1)^2 ]     (Adam)
draw new noise z
update G by descending  -mean[ D(G(z)) ]                                   (Adam)`,
  task: 'image-synthesis',
  config: dcganConfig({
    latent: 128,
    generator: { stride1Layer: false, leakySlope: 0 },
    discriminator: { leakySlope: 0.2, dropout: 0, steps: 5 },
    objective: { loss: 'wasserstein' },
    penalty: { kind: 'gradient-penalty', weight: 10 },
    optimizer: { learningRate: 1e-4, beta1: 0, beta2: 0.9 },
  }),
  training: { batch: 64, epochs: 50 },
  presets: {
    quick: {
      description:
        'narrow networks, three critic steps and 2,400 small steps: digits in minutes on two cores',
      config: {
        ...quickConfig,
        generator: narrow.generator,
        discriminator: { ...narrow.discriminator, steps: 3 },
        optimizer: { ...quickConfig.optimizer, learningRate: 2e-3, beta1: 0, beta2: 0.9 },
      },
      batch: 32,
      steps: 2400,
    },
    mnist: {
      description: "the authors' networks for MNIST: three doublings from 4x4x256, no norm anywhere",
      config: {
        generator: { stages: 3, norm: 'none' },
        discriminator: { stages: 3 },
        optimizer: { beta1: 0.5 },
      },
      batch: 50,
      epochs: 50,
    },
    resnet32: {
      description: "the authors' residual networks for 32x32 in colour",
      config: {
        generator: { backbone: 'resnet' },
        discriminator: { backbone: 'resnet' },
        optimizer: { learningRate: 2e-4, decayFrom: 0 },
      },
      batch: 64,
      epochs: 100,
    },
    points: {
      description: 'three dense layers for points in the plane: ring, grid or spiral',
      config: {
        ...pointsConfig,
        penalty: { kind: 'gradient-penalty', weight: 0.1 },
        optimizer: { ...pointsConfig.optimizer, learningRate: 1e-3, beta1: 0.5 },
      },
      batch: 256,
      steps: 3000,
    },
  },
  create: (config, context) => dcganGame('wgan-gp', config, context, { batchNormMomentum: 0.9 }),
});
