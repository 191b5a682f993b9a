import { defineVariant } from '@ganjs/trainer';
import { dcganConfig } from './config.js';
import { dcganGame } from './game.js';
import { quickPreset } from './presets.js';

/** Conditional GAN: both players see the class label, so one can ask for a class. Here with DCGAN's networks. */
export const cgan = defineVariant({
  name: 'cgan',
  summary: 'A DCGAN that generates the class you ask for.',
  paper: {
    title: 'Conditional Generative Adversarial Nets',
    authors: 'Mirza, Osindero',
    year: 2014,
    arxiv: '1411.1784',
  },
  algorithm: `for each minibatch x of m images with labels y:
  draw noise z from N(0, 1)
  update D by descending  mean[ -log D(x, y) ] + mean[ -log(1 - D(G(z, y), y)) ]
  draw new noise z, unless the updates are simultaneous
  update G by descending  mean[ -log D(G(z, y), y) ]`,
  task: 'class-conditional',
  config: dcganConfig({ updates: 'simultaneous' }),
  training: { batch: 128, epochs: 50 },
  presets: { quick: quickPreset },
  create: (config, context) => dcganGame('cgan', config, context, { conditional: true }),
});
