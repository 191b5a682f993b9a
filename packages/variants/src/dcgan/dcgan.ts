import { defineVariant } from '@ganjs/trainer';
import { dcganConfig } from './config.js';
import { dcganGame } from './game.js';
import { quickPreset } from './presets.js';

/**
 * DCGAN: transposed convolutions generate, convolutions discriminate. By default in the form of TensorFlow's tutorial,
 * where both learn from one forward pass.
 */
export const dcgan = defineVariant({
  name: 'dcgan',
  summary: 'All-convolutional GAN with batch norm: the one to start with.',
  paper: {
    title: 'Unsupervised Representation Learning with Deep Convolutional Generative Adversarial Networks',
    authors: 'Radford, Metz, Chintala',
    year: 2015,
    arxiv: '1511.06434',
  },
  algorithm: `for each minibatch x of m images:
  draw noise z from N(0, 1)
  update D by descending  mean[ -log D(x) ] + mean[ -log(1 - D(G(z))) ]
  draw new noise z, unless the updates are simultaneous
  update G by descending  mean[ -log D(G(z)) ]`,
  task: 'image-synthesis',
  config: dcganConfig({ updates: 'simultaneous' }),
  training: { batch: 256, epochs: 50 },
  presets: {
    quick: quickPreset,
    paper: {
      description: "the paper's networks and rates, made for 64x64: 1024 channels halved at each doubling",
      config: {
        updates: 'alternating',
        generator: {
          width: 1024,
          stride1Layer: false,
          leakySlope: 0,
          initStddev: 0.02,
          batchNormMomentum: 0.9,
        },
        discriminator: {
          width: 128,
          leakySlope: 0.2,
          dropout: 0,
          norm: 'batch',
          initStddev: 0.02,
          batchNormMomentum: 0.9,
        },
        optimizer: { learningRate: 2e-4, beta1: 0.5 },
      },
      batch: 128,
      epochs: 25,
    },
    rgb32: {
      description:
        'for 32x32 in colour: 8x8x256, two 4x4 doublings to 128 and 64, a 3x3 convolution to pixels',
      config: {
        updates: 'alternating',
        generator: {
          width: 256,
          stages: 2,
          output: 'convolution',
          kernelSize: 4,
          stride1Layer: false,
          leakySlope: 0.2,
          batchNormMomentum: 0.9,
        },
        discriminator: { kernelSize: 4, leakySlope: 0.2 },
        optimizer: { learningRate: 2e-4, beta1: 0.5 },
      },
      batch: 128,
      epochs: 50,
    },
    faces100: {
      description: 'for 100x100 drawn faces: 25x25x256, two 3x3 doublings to 128 and 64; flips and shifts',
      config: {
        updates: 'alternating',
        latent: 200,
        generator: {
          width: 256,
          stages: 2,
          output: 'convolution',
          kernelSize: 3,
          stride1Layer: false,
          leakySlope: 0.2,
          batchNormMomentum: 0.9,
        },
        discriminator: { stages: 4, kernelSize: 3, leakySlope: 0.2 },
        augmentation: { policy: 'classic' },
        optimizer: { learningRate: 2e-4, beta1: 0.5 },
      },
      batch: 64,
      epochs: 100,
    },
  },
  create: (config, context) => dcganGame('dcgan', config, context),
});
