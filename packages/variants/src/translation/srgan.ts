import { srganDiscriminator, srresnet } from '@ganjs/architectures';
import { l2, nonSaturating, perceptual } from '@ganjs/losses';
import {
  adam,
  type BuildContext,
  ConfigError,
  defineGame,
  defineVariant,
  type Moment,
  withDefaults,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { beta1 } from '../optimizer.js';

const count = z.number().int().positive();
const rate = z.number().positive().default(1e-4);

/** SRGAN: learns to enlarge images, first by pixels, then so that a discriminator takes them for real. */
export const srgan = defineVariant({
  name: 'srgan',
  summary: 'A residual network enlarges small images, and a discriminator asks for sharp detail.',
  paper: {
    title: 'Photo-Realistic Single Image Super-Resolution Using a Generative Adversarial Network',
    authors: 'Ledig, Theis, Huszár, Caballero, Cunningham, Acosta, Aitken, Tejani, Totz, Wang, Shi',
    year: 2017,
    arxiv: '1609.04802',
  },
  algorithm: `for each minibatch of m pairs (x, y), x small and y large, in the first part of the run:
  update G by descending  mean (y - G(x))²
for each minibatch in the second part:
  update G by descending  content(y, G(x)) + 10⁻³ mean[ -log D(G(x)) ]
  update D by descending  mean[ -log D(y) ] + mean[ -log(1 - D(G(x))) ]
content is the mean squared difference of a network's features, or of pixels where no network is given.`,
  task: 'super-resolution',
  config: z.strictObject({
    generator: z
      .strictObject({
        blocks: z.number().int().min(0).default(16).describe('residual blocks'),
        width: count.default(64).describe('channels of the maps'),
        outerKernelSize: count.default(9).describe('side of the first and last kernels'),
        upsampling: z
          .enum(['pixel-shuffle', 'upsampling2d'])
          .default('pixel-shuffle')
          .describe('how a map is doubled: channels become pixels, or nearest neighbours and a convolution'),
        norm: z.enum(['batch', 'none']).default('batch').describe('what follows the convolutions'),
        output: z
          .enum(['linear', 'tanh'])
          .default('linear')
          .describe('what follows the last convolution; linear pixels are clipped when it samples'),
      })
      .prefault({}),
    discriminator: z
      .strictObject({
        width: count.default(64).describe('filters of the first convolution'),
        hiddenUnits: count.default(1024).describe('units of the dense layer'),
        norm: z.enum(['batch', 'none']).default('batch').describe('what follows the inner convolutions'),
      })
      .prefault({}),
    objective: z
      .strictObject({
        pretrain: z
          .number()
          .min(0)
          .max(1)
          .default(5 / 6)
          .describe(
            'fraction of the run in which the generator learns from pixels alone; 1 trains an SRResNet',
          ),
        contentWeight: z
          .number()
          .min(0)
          .default(1)
          .describe('weight of the content loss; 0.006 for the VGG features of the paper'),
        adversarialWeight: z.number().min(0).default(1e-3).describe('weight of the adversarial loss'),
      })
      .prefault({}),
    optimizer: z
      .strictObject({
        learningRate: rate.describe('learning rate of both players'),
        pretrainLearningRate: rate.describe(
          'learning rate of the generator while it learns from pixels alone',
        ),
        dropFrom: z
          .number()
          .min(0)
          .max(1)
          .default(11 / 12)
          .describe('fraction of the run after which the learning rate is a tenth; 1 keeps it constant'),
        beta1: withDefaults(beta1, 0.9),
      })
      .prefault({}),
  }),
  training: { batch: 16, epochs: 1000 },
  presets: {
    quick: {
      description:
        'small networks without batch norm: 16x16 emoji to 64x64 in some eight minutes on one core',
      config: {
        generator: { blocks: 6, width: 32, outerKernelSize: 5, upsampling: 'upsampling2d', norm: 'none' },
        discriminator: { width: 24, hiddenUnits: 128, norm: 'none' },
        objective: { pretrain: 0.7, adversarialWeight: 2e-3 },
        optimizer: { learningRate: 3e-4, pretrainLearningRate: 1e-3 },
      },
      batch: 16,
      steps: 1200,
    },
  },
  create(config, context) {
    const { pretrain, contentWeight, adversarialWeight } = config.objective;
    const { learningRate, pretrainLearningRate, dropFrom, beta1 } = config.optimizer;
    const { image, features, seed } = context;
    const { source, factor } = enlargement(context);
    const falling = ({ progress }: Moment) => learningRate * (progress < dropFrom ? 1 : 0.1);
    const generatorRate = (moment: Moment) =>
      moment.progress < pretrain ? pretrainLearningRate : falling(moment);
    const adversarial = nonSaturating();
    const content = (fake: tf.Tensor, real: tf.Tensor) =>
      features
        ? perceptual((x) => features.extract(x), fake as tf.Tensor4D, real as tf.Tensor4D)
        : l2(fake, real);
    return defineGame({
      players: {
        generator: {
          network: srresnet({ source, factor, seed, ...config.generator }),
          optimizer: adam({ learningRate: generatorRate, beta1 }),
        },
        discriminator: {
          network: srganDiscriminator({ image, seed, ...config.discriminator }),
          optimizer: adam({ learningRate: falling, beta1 }),
        },
      },
      moves: [
        {
          name: 'pretraining',
          trains: 'generator',
          when: ({ progress }) => progress < pretrain,
          loss: ({ real: { sources, images }, networks }) => ({
            pixels: l2(networks.generator(sources), images),
          }),
        },
        {
          trains: 'generator',
          when: ({ progress }) => progress >= pretrain,
          loss: ({ real: { sources, images }, networks, share }) => {
            const fake = share('fake', networks.generator(sources));
            return {
              content: tf.mul(contentWeight, content(fake, images)),
              adversarial: tf.mul(adversarialWeight, adversarial.generator(networks.discriminator(fake))),
            };
          },
        },
        {
          trains: 'discriminator',
          when: ({ progress }) => progress >= pretrain,
          loss: ({ real: { images }, networks, shared }) => ({
            adversarial: adversarial.discriminator(
              networks.discriminator(images),
              networks.discriminator(shared('fake')),
            ),
          }),
        },
      ],
      sample: ({ condition, networks }) => tf.clipByValue(networks.generator(condition.sources), -1, 1),
    });
  },
});

/** What is given, and how many times larger the image is. */
function enlargement({ image, source }: BuildContext<'super-resolution'>) {
  const factor = image.height / source.height;
  if (
    (factor === 2 || factor === 4 || factor === 8) &&
    image.width === factor * source.width &&
    image.channels === source.channels
  ) {
    return { source, factor } as const;
  }
  const sizes = [source, image].map(({ height, width, channels }) => `${height}x${width}x${channels}`);
  throw new ConfigError(
    `@ganjs/variants: srgan: from ${sizes.join(' to ')}, expected images 2, 4 or 8 times as high and as wide as ` +
      'those that are given, with as many channels: choose another factor',
  );
}
