import { patchDiscriminator, unetGenerator } from '@ganjs/architectures';
import type { TranslationBatch } from '@ganjs/datasets';
import { l1, nonSaturating } from '@ganjs/losses';
import type { Stream } from '@ganjs/random';
import { defineGame, defineVariant } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { averaged, ema } from '../averaging.js';
import { adamOf, adamSettings } from '../optimizer.js';
import { patchGan } from './patchGan.js';

const count = z.number().int().positive();

/** Pix2Pix: learns from pairs to turn one kind of image into another, whatever the two kinds are. */
export const pix2pix = defineVariant({
  name: 'pix2pix',
  summary: 'A U-Net redraws the image it is given; a PatchGAN discriminates each patch of the pair.',
  paper: {
    title: 'Image-to-Image Translation with Conditional Adversarial Networks',
    authors: 'Isola, Zhu, Zhou, Efros',
    year: 2017,
    arxiv: '1611.07004',
  },
  algorithm: `for each minibatch of m pairs (x, y), x given and y wanted; dropout in G is the noise:
  update D by descending  1/2 mean[ -log D(x, y) ] + 1/2 mean[ -log(1 - D(x, G(x))) ]
  update G by descending  mean[ -log D(x, G(x)) ] + 100 mean|y - G(x)|
D gives one verdict a patch; means are over patches too.`,
  task: 'paired-translation',
  config: z.strictObject({
    norm: z
      .enum(['image', 'batch'])
      .default('image')
      .describe(
        "whose statistics: each image's own, as in the paper, whose batch norm sees one image at a time, or those " +
          'of larger batches, and of all past ones when it samples',
      ),
    generator: z
      .strictObject({
        width: count.default(64).describe("channels of the U-Net's first map"),
        downs: count
          .optional()
          .describe('how often the U-Net halves the image; default: as often as its sides divide by 2'),
        dropout: z
          .number()
          .min(0)
          .lt(1)
          .default(0.5)
          .describe("fraction of activations dropped in the U-Net's first three steps up"),
      })
      .prefault({}),
    discriminator: z.strictObject(patchGan).prefault({}),
    objective: z
      .strictObject({
        l1Weight: z.number().min(0).default(100).describe('weight of the distance to the wanted image'),
      })
      .prefault({}),
    augmentation: z
      .strictObject({
        mirror: z.boolean().default(true).describe('whether half of the pairs are mirrored, left and right'),
        jitter: z
          .number()
          .min(0)
          .max(1)
          .default(30 / 256)
          .describe(
            'by which fraction pairs are enlarged, before a part of the old size is cut out at random; 0 for none',
          ),
      })
      .prefault({}),
    optimizer: adamSettings,
    ema,
  }),
  training: { batch: 1, epochs: 200 },
  presets: {
    quick: {
      description: 'narrow networks and 5,000 steps on larger batches: 32x32 in some 15 minutes on two cores',
      config: {
        norm: 'batch',
        generator: { width: 48 },
        discriminator: { width: 16, layers: 1 },
        augmentation: { jitter: 0 },
        optimizer: { learningRate: 1.5e-3, decayFrom: 0.4 },
        ema: 0.998,
      },
      batch: 16,
      steps: 5000,
    },
  },
  create(config, { image, source, seed }) {
    const { mirror, jitter } = config.augmentation;
    const optimizer = adamOf(config.optimizer);
    // Batch norm of one image is instance norm, and keeps its meaning in larger batches and at test time.
    const single = config.norm === 'image';
    const shared = { image, source, seed, norm: single ? 'instance-affine' : 'batch' } as const;
    const discriminator = patchDiscriminator({ ...shared, ...config.discriminator });
    const { dropout: dropoutRate, downs, width } = config.generator;
    const generator = unetGenerator({ ...shared, width, dropoutRate, ...(downs !== undefined && { downs }) });
    const adversarial = nonSaturating();
    const varied = (pairs: TranslationBatch, stream: Stream) => {
      const moved = jitter > 0 ? jittered(pairs, jitter, stream) : pairs;
      return mirror ? mirrored(moved, stream) : moved;
    };
    return defineGame({
      players: {
        discriminator: { network: discriminator, optimizer },
        generator: { network: generator, optimizer, ...averaged(config.ema) },
      },
      moves: [
        {
          trains: 'discriminator',
          loss: ({ real: pairs, random, networks }) => {
            const { sources, images } = varied(pairs, random.stream);
            const real = networks.discriminator(sources, images);
            const fake = networks.discriminator(sources, networks.generator(sources));
            return { adversarial: tf.mul(0.5, adversarial.discriminator(real, fake)) };
          },
        },
        {
          trains: 'generator',
          loss: ({ real: pairs, random, networks }) => {
            const { sources, images } = varied(pairs, random.stream);
            const fake = networks.generator(sources);
            return {
              adversarial: adversarial.generator(networks.discriminator(sources, fake)),
              l1: tf.mul(config.objective.l1Weight, l1(fake, images)),
            };
          },
        },
      ],
      // At test time the paper's generator runs as in training: dropout, its only noise, stays on.
      sample: ({ condition, networks }) =>
        single
          ? (generator.apply(condition.sources, { training: true }) as tf.Tensor)
          : networks.generator(condition.sources),
    });
  },
});

/** The pairs, enlarged by a fraction and cut back to size, each pair at a place of its own. */
function jittered({ sources, images }: TranslationBatch, fraction: number, stream: Stream) {
  const [n, height, width] = images.shape;
  const [tall, wide] = [Math.round(height * (1 + fraction)), Math.round(width * (1 + fraction))];
  const tops = stream.integers(n, tall - height + 1);
  const lefts = stream.integers(n, wide - width + 1);
  const cut = (x: tf.Tensor4D) => {
    const large = tf.image.resizeBilinear(x, [tall, wide], false, true);
    const part = (i: number) => tf.slice(large, [i, tops[i]!, lefts[i]!, 0], [1, height, width, x.shape[3]]);
    return tf.concat(Array.from({ length: n }, (_, i) => part(i)));
  };
  return { sources: cut(sources), images: cut(images) };
}

/** The pairs, half of them mirrored left and right. */
function mirrored({ sources, images }: TranslationBatch, stream: Stream) {
  const n = images.shape[0];
  const flips = tf.tensor4d(stream.mask(n, 0.5), [n, 1, 1, 1]);
  const flip = (x: tf.Tensor4D) => tf.add(x, tf.mul(flips, tf.sub(tf.reverse(x, 2), x)));
  return { sources: flip(sources), images: flip(images) };
}
