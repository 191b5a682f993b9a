import { dcganDiscriminator, dcganGenerator } from '@ganjs/architectures';
import { nonSaturating, relativisticAverage } from '@ganjs/losses';
import { adam, defineGame, defineVariant, gaussianLatents } from '@ganjs/trainer';
import * as z from 'zod';

/** The discriminator estimates whether a real image is more realistic than the average generated one. */
export const relativisticGan = defineVariant({
  name: 'relativistic',
  summary: 'A GAN whose players compare real and generated images with each other.',
  paper: {
    title: 'The relativistic discriminator: a key element missing from standard GAN',
    authors: 'Jolicoeur-Martineau',
    year: 2018,
    arxiv: '1807.00734',
  },
  algorithm: `for each minibatch x of m images, with C the score before the sigmoid:
  draw noise z;  D compares:  r = C(x) - mean C(G(z)),  f = C(G(z)) - mean C(x)
  update D by descending  mean[ -log sigmoid(r) ] + mean[ -log(1 - sigmoid(f)) ]
  draw new noise z
  update G by descending  mean[ -log sigmoid(f) ] + mean[ -log(1 - sigmoid(r)) ]`,
  task: 'image-synthesis',
  config: z.strictObject({
    latent: z.number().int().positive().default(100).describe('length of the noise vector'),
    width: z.number().int().positive().default(64).describe("channels of the generator's first feature map"),
    learningRate: z.number().positive().default(2e-4).describe('learning rate of Adam'),
  }),
  training: { batch: 32, epochs: 20 },
  create({ latent, width, learningRate }, { image, seed }) {
    const loss = relativisticAverage(nonSaturating());
    const optimizer = adam({ learningRate, beta1: 0.5 });
    return defineGame({
      players: {
        discriminator: {
          network: dcganDiscriminator({ image, width: width / 2, kernelSize: 4, seed }),
          optimizer,
        },
        generator: {
          network: dcganGenerator({ image, latent, width, kernelSize: 4, stride1Layer: false, seed }),
          optimizer,
        },
      },
      moves: [
        {
          trains: 'discriminator',
          loss: ({ real, n, networks: { generator: G, discriminator: C }, random }) => {
            const fake = G(random.normal([n, latent]));
            return { adversarial: loss.discriminator(C(real.images), C(fake)) };
          },
        },
        {
          trains: 'generator',
          loss: ({ real, n, networks: { generator: G, discriminator: C }, random }) => {
            const fake = G(random.normal([n, latent]));
            return { adversarial: loss.generator(C(fake), C(real.images)) };
          },
        },
      ],
      latents: { ...gaussianLatents(latent), synthesize: (z, { networks }) => networks.generator(z) },
    });
  },
});
