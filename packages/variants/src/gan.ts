import { maxoutDiscriminator, mlpGenerator } from '@ganjs/architectures';
import { minimax, nonSaturating } from '@ganjs/losses';
import { adam, defineGame, defineVariant, gaussianLatents, sgd } from '@ganjs/trainer';
import * as z from 'zod';

/** The first GAN: two multilayer perceptrons play the minimax game. */
export const gan = defineVariant({
  name: 'gan',
  summary: 'The first GAN: a perceptron paints, a maxout perceptron judges.',
  paper: {
    title: 'Generative Adversarial Nets',
    authors: 'Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio',
    year: 2014,
    arxiv: '1406.2661',
  },
  algorithm: `for each minibatch x of m images:
  draw noise z from N(0, 1)
  update D by descending  mean[ -log D(x) ] + mean[ -log(1 - D(G(z))) ]
  draw new noise z
  update G by descending  mean[ -log D(G(z)) ]            (non-saturating)
                     or   mean[ log(1 - D(G(z))) ]        (minimax)`,
  task: 'image-synthesis',
  config: z.strictObject({
    latent: z.number().int().positive().default(100).describe('length of the noise vector'),
    hidden: z.number().int().positive().default(1200).describe("units of the generator's two hidden layers"),
    maxoutUnits: z
      .number()
      .int()
      .positive()
      .default(240)
      .describe("maxout units of the discriminator's two hidden layers"),
    maxoutPieces: z.number().int().positive().default(5).describe('linear pieces of a maxout unit'),
    loss: z
      .enum(['non-saturating', 'minimax'])
      .default('non-saturating')
      .describe('what the generator minimises: -log D(G(z)), or log(1 - D(G(z))) as in the theory'),
    optimizer: z.enum(['adam', 'sgd']).default('adam').describe("the paper's SGD with momentum, or Adam"),
    learningRate: z.number().positive().default(2e-4).describe('learning rate; 0.1 goes with sgd'),
    momentum: z.number().min(0).lt(1).default(0.5).describe('momentum of sgd, beta1 of adam'),
  }),
  training: { batch: 100, epochs: 50 },
  presets: {
    points: {
      description: 'small networks for points in the plane: ring, grid or spiral',
      config: { latent: 2, hidden: 128, maxoutUnits: 64, maxoutPieces: 2, learningRate: 1e-3 },
      batch: 256,
      steps: 3000,
    },
    quick: {
      description: 'narrow perceptrons and 16,000 small steps: digits in some ten minutes on a core',
      config: { hidden: 400, maxoutUnits: 100, learningRate: 5e-4 },
      batch: 64,
      steps: 16_000,
    },
  },
  create(config, { image, seed }) {
    const { latent, learningRate, momentum } = config;
    const loss = config.loss === 'minimax' ? minimax() : nonSaturating();
    const optimizer = () =>
      config.optimizer === 'sgd' ? sgd({ learningRate, momentum }) : adam({ learningRate, beta1: momentum });
    return defineGame({
      players: {
        discriminator: {
          network: maxoutDiscriminator({
            image,
            units: config.maxoutUnits,
            pieces: config.maxoutPieces,
            seed,
          }),
          optimizer: optimizer(),
        },
        generator: {
          network: mlpGenerator({ image, latent, hidden: config.hidden, seed }),
          optimizer: optimizer(),
        },
      },
      moves: [
        {
          trains: 'discriminator',
          loss: ({ real, n, networks: { generator: G, discriminator: D }, random }) => {
            const fake = G(random.normal([n, latent]));
            return { adversarial: loss.discriminator(D(real.images), D(fake)) };
          },
        },
        {
          trains: 'generator',
          loss: ({ n, networks: { generator: G, discriminator: D }, random }) => {
            const fake = G(random.normal([n, latent]));
            return { adversarial: loss.generator(D(fake)) };
          },
        },
      ],
      latents: { ...gaussianLatents(latent), synthesize: (z, { networks }) => networks.generator(z) },
    });
  },
});
