import { maxoutDiscriminator, maxoutGanGenerator } from '@ganjs/architectures';
import { minimax, nonSaturating } from '@ganjs/losses';
import { adam, defineGame, defineVariant, gaussianLatents, sgd } from '@ganjs/trainer';
import * as z from 'zod';
import { beta1 } from './optimizer.js';

const count = z.number().int().positive();
const learningRate = z.number().positive();
const rule = "the rule that updates both players: Adam, or the paper's SGD with momentum";

/** The first GAN: two multilayer perceptrons play the minimax game. */
export const gan = defineVariant({
  name: 'gan',
  summary: 'The first GAN: a perceptron generates, a maxout perceptron discriminates.',
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
    latent: count.default(100).describe('length of the noise vector'),
    generator: z
      .strictObject({ hiddenUnits: count.default(1200).describe('units of the two hidden layers') })
      .prefault({}),
    discriminator: z
      .strictObject({
        units: count.default(240).describe('maxout units of the two hidden layers'),
        pieces: count.default(5).describe('linear pieces of a maxout unit'),
      })
      .prefault({}),
    objective: z
      .strictObject({
        loss: z
          .enum(['non-saturating', 'minimax'])
          .default('non-saturating')
          .describe('what the generator minimises: -log D(G(z)), or log(1 - D(G(z))) as in the theory'),
      })
      .prefault({}),
    optimizer: z
      .union([
        z.strictObject({
          rule: z.literal('adam').default('adam').describe(rule),
          learningRate: learningRate.default(2e-4).describe('learning rate of both players'),
          beta1,
        }),
        z.strictObject({
          rule: z.literal('sgd').describe(rule),
          learningRate: learningRate.default(0.1).describe('learning rate of both players'),
          momentum: z.number().min(0).lt(1).default(0.5).describe('momentum of the gradients'),
        }),
      ])
      .prefault({}),
  }),
  training: { batch: 100, epochs: 50 },
  presets: {
    points: {
      description: 'small networks for points in the plane: ring, grid or spiral',
      config: {
        latent: 2,
        generator: { hiddenUnits: 128 },
        discriminator: { units: 64, pieces: 2 },
        optimizer: { learningRate: 1e-3 },
      },
      batch: 256,
      steps: 3000,
    },
    quick: {
      description: 'narrow perceptrons and 16,000 small steps: digits in some ten minutes on a core',
      config: {
        generator: { hiddenUnits: 400 },
        discriminator: { units: 100 },
        optimizer: { learningRate: 5e-4 },
      },
      batch: 64,
      steps: 16_000,
    },
  },
  create(config, { image, seed }) {
    const { latent } = config;
    const loss = config.objective.loss === 'minimax' ? minimax() : nonSaturating();
    const optimizer = config.optimizer.rule === 'sgd' ? sgd(config.optimizer) : adam(config.optimizer);
    return defineGame({
      players: {
        discriminator: {
          network: maxoutDiscriminator({ image, ...config.discriminator, seed }),
          optimizer,
        },
        generator: {
          network: maxoutGanGenerator({ image, latent, ...config.generator, seed }),
          optimizer,
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
