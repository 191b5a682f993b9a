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
      sample: ({ n, play, draw, labels }) => play.generator(draw.normal([n, latent]), labels),
    });
  },
});
