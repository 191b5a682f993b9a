import { nonSaturating } from '@ganjs/losses';
import { defineGame, defineVariant } from '@ganjs/trainer';
import { dcganConfig, dcganPlayers, quickPreset } from './dcganFamily.js';

/** DCGAN in the form of TensorFlow's tutorial: transposed convolutions paint, convolutions judge. */
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
  draw new noise z
  update G by descending  mean[ -log D(G(z)) ]`,
  task: 'image-synthesis',
  config: dcganConfig,
  training: { batch: 256, epochs: 50 },
  presets: { quick: quickPreset },
  create(config, setting) {
    const { latent } = config;
    const loss = nonSaturating({ realTarget: config.realTarget });
    return defineGame({
      players: dcganPlayers(config, setting, 0),
      moves: [
        {
          trains: 'discriminator',
          loss: ({ real, n, play, draw }) => {
            const fake = play.generator(draw.normal([n, latent]));
            return {
              adversarial: loss.discriminator(play.discriminator(real.images), play.discriminator(fake)),
            };
          },
        },
        {
          trains: 'generator',
          loss: ({ n, play, draw }) => {
            const fake = play.generator(draw.normal([n, latent]));
            return { adversarial: loss.generator(play.discriminator(fake)) };
          },
        },
      ],
      sample: ({ n, play, draw }) => play.generator(draw.normal([n, latent])),
    });
  },
});
