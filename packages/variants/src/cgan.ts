import { nonSaturating } from '@ganjs/losses';
import { defineGame, defineVariant } from '@ganjs/trainer';
import { dcganConfig, dcganPlayers, quickPreset } from './dcganFamily.js';

/** Conditional GAN: both players see the class label, so one can ask for a class. Here with DCGAN's networks. */
export const cgan = defineVariant({
  name: 'cgan',
  summary: 'A DCGAN that paints the class you ask for.',
  paper: {
    title: 'Conditional Generative Adversarial Nets',
    authors: 'Mirza, Osindero',
    year: 2014,
    arxiv: '1411.1784',
  },
  algorithm: `for each minibatch x of m images with labels y:
  draw noise z from N(0, 1)
  update D by descending  mean[ -log D(x, y) ] + mean[ -log(1 - D(G(z, y), y)) ]
  draw new noise z
  update G by descending  mean[ -log D(G(z, y), y) ]`,
  task: 'class-conditional',
  config: dcganConfig,
  training: { batch: 128, epochs: 50 },
  presets: { quick: quickPreset },
  create(config, setting) {
    const { latent } = config;
    const loss = nonSaturating({ realTarget: config.realTarget });
    return defineGame({
      players: dcganPlayers(config, setting, setting.classes),
      moves: [
        {
          trains: 'discriminator',
          loss: ({ real: { images, labels }, n, play, draw }) => {
            const fake = play.generator(draw.normal([n, latent]), labels);
            return {
              adversarial: loss.discriminator(
                play.discriminator(images, labels),
                play.discriminator(fake, labels),
              ),
            };
          },
        },
        {
          trains: 'generator',
          loss: ({ real: { labels }, n, play, draw }) => {
            const fake = play.generator(draw.normal([n, latent]), labels);
            return { adversarial: loss.generator(play.discriminator(fake, labels)) };
          },
        },
      ],
      sample: ({ n, play, draw, given }) => play.generator(draw.normal([n, latent]), given.labels),
    });
  },
});
