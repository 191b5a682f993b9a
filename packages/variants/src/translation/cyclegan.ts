import { type ImageShape, patchDiscriminator, resnetGenerator, unetGenerator } from '@ganjs/architectures';
import { contextual, cycleConsistency, identityMapping, leastSquares } from '@ganjs/losses';
import {
  adam,
  type BuildContext,
  ConfigError,
  defineGame,
  defineVariant,
  type StepContext,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { averaged, ema } from '../averaging.js';
import { decaying } from '../decaying.js';
import { type ImagePool, imagePool } from './imagePool.js';

const config = z.strictObject({
  generator: z
    .enum(['resnet', 'unet'])
    .default('resnet')
    .describe("the generators' network: the paper's, or Pix2Pix's U-Net as in TensorFlow's tutorial"),
  generatorWidth: z.number().int().positive().default(64).describe("channels of the generators' first map"),
  blocks: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('residual blocks of the ResNets; 0 for 9 above 128 pixels and 6 up to there'),
  upsampling: z
    .enum(['transposed', 'resize'])
    .default('transposed')
    .describe(
      "how the ResNets double a map: the paper's transposed convolutions, or nearest neighbours and a convolution",
    ),
  discriminatorWidth: z
    .number()
    .int()
    .positive()
    .default(64)
    .describe("filters of the PatchGANs' first convolution"),
  discriminatorLayers: z
    .number()
    .int()
    .min(0)
    .max(6)
    .default(3)
    .describe('halvings in the PatchGANs: patches of 1, 16, 34, 70, 142 ... pixels for 0, 1, 2, 3, 4 ...'),
  discriminatorNorm: z
    .enum(['instance', 'none'])
    .default('instance')
    .describe(
      "what follows the PatchGANs' inner convolutions; instance norm takes out how strong a pattern is that covers the " +
        'whole image, such as a grain that hides what the way back needs',
    ),
  cycleWeight: z.number().positive().default(10).describe('weight of coming back to where one started'),
  identityWeight: z
    .number()
    .min(0)
    .default(0.5)
    .describe('weight, times cycleWeight, of leaving images of the wanted domain as they are; 0 for none'),
  contextualWeight: z
    .number()
    .min(0)
    .default(0)
    .describe(
      'weight of the contextual loss, which keeps the features of the given image; 0 for none, needs a feature network',
    ),
  poolSize: z
    .number()
    .int()
    .min(0)
    .default(50)
    .describe('earlier fakes that each discriminator is shown again; 0 for none'),
  learningRate: z.number().positive().default(2e-4).describe('learning rate of Adam, for the generators'),
  discriminatorLearningRate: z
    .number()
    .positive()
    .default(2e-4)
    .describe('learning rate of Adam, for the discriminators'),
  decayFrom: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('fraction of the run after which the learning rates fall linearly to 0; 1 keeps them constant'),
  beta1: z.number().min(0).lt(1).default(0.5).describe('decay of the mean of gradients in Adam'),
  ema: ema.describe(
    "decay of the average of the generators' weights that images are translated with; 0 for none",
  ),
});

/** CycleGAN: learns to turn images of one domain into another from two heaps of images, without pairs. */
export const cyclegan = defineVariant({
  name: 'cyclegan',
  summary: 'Two generators, there and back: what went to the other domain must come back as it was.',
  paper: {
    title: 'Unpaired Image-to-Image Translation using Cycle-Consistent Adversarial Networks',
    authors: 'Zhu, Park, Isola, Efros',
    year: 2017,
    arxiv: '1703.10593',
  },
  algorithm: `for each minibatch of m images x of the one domain, and y of the other:
  update G and F by descending  mean[ (DY(G(x)) - 1)^2 ] + mean[ (DX(F(y)) - 1)^2 ]
                              + 10 ( mean|F(G(x)) - x| + mean|G(F(y)) - y| )
                              +  5 ( mean|F(x) - x| + mean|G(y) - y| )
  put G(x) and F(y) into pools of 50, and draw as many fakes y' and x' from them
  update DY by descending  1/2 mean[ (DY(y) - 1)^2 ] + 1/2 mean[ DY(y')^2 ]
  update DX by descending  1/2 mean[ (DX(x) - 1)^2 ] + 1/2 mean[ DX(x')^2 ]
G = toTarget, F = toSource; the learning rate falls linearly to 0 in the second half of the run.`,
  task: 'unpaired-translation',
  config,
  training: { batch: 1, epochs: 200 },
  presets: {
    quick: {
      description: 'narrow U-Nets and 1,000 steps on larger batches: 32x32 in some 10 minutes on two cores',
      config: {
        generator: 'unet',
        generatorWidth: 32,
        discriminatorWidth: 48,
        discriminatorLayers: 2,
        discriminatorNorm: 'none',
        cycleWeight: 5,
        identityWeight: 0.2,
        learningRate: 5e-4,
        discriminatorLearningRate: 5e-4,
        ema: 0.99,
      },
      batch: 8,
      steps: 1000,
    },
  },
  create(config, context) {
    const { image: target, source = target, seed, features } = context;
    check(config, context);
    const { cycleWeight, identityWeight, contextualWeight, poolSize } = config;
    const optimizer = (rate: number) =>
      adam({ learningRate: decaying(rate, config.decayFrom), beta1: config.beta1 });
    const discriminator = (name: string, image: ImageShape) => {
      const {
        discriminatorWidth: width,
        discriminatorLayers: layers,
        discriminatorNorm: normalization,
      } = config;
      const network = patchDiscriminator({ image, width, layers, normalization, seed, name });
      return { network, optimizer: optimizer(config.discriminatorLearningRate) };
    };
    const generator = (name: string, given: ImageShape, image: ImageShape) => {
      const { generatorWidth: width, blocks, upsampling } = config;
      const common = { source: given, image, width, normalization: 'instance', seed, name } as const;
      const network =
        config.generator === 'unet'
          ? unetGenerator({ ...common, dropoutRate: 0 })
          : resnetGenerator({ ...common, upsampling, ...(blocks > 0 && { blocks }) });
      return { network, optimizer: optimizer(config.learningRate), ...averaged(config.ema) };
    };
    const players = {
      targetDiscriminator: discriminator('targetDiscriminator', target),
      sourceDiscriminator: discriminator('sourceDiscriminator', source),
      toTarget: generator('toTarget', source, target),
      toSource: generator('toSource', target, source),
    };
    const pools =
      poolSize > 0
        ? { targetPool: imagePool(poolSize, target), sourcePool: imagePool(poolSize, source) }
        : undefined;
    // The discriminator's terms carry the halves; the generators' do not.
    const adversarial = leastSquares();
    const fools = (logits: tf.Tensor) => tf.mul(2, adversarial.generator(logits));
    const weighted = (weight: number, ...terms: tf.Tensor[]) => tf.mul(weight, tf.addN(terms));
    const contents = (made: tf.Tensor, given: tf.Tensor) => {
      const wanted = features!.extract(given as tf.Tensor4D);
      return tf.addN(features!.extract(made as tf.Tensor4D).map((map, i) => contextual(map, wanted[i]!)));
    };

    return defineGame({
      players,
      moves: [
        {
          trains: ['toTarget', 'toSource'],
          loss: ({ real: { sources: x, images: y }, networks, share }) => {
            const { toTarget: G, toSource: F, targetDiscriminator: DY, sourceDiscriminator: DX } = networks;
            const fakeY = share('fake targets', G(x));
            const fakeX = share('fake sources', F(y));
            return {
              adversarial: tf.add(fools(DY(fakeY)), fools(DX(fakeX))),
              cycle: weighted(cycleWeight, cycleConsistency(x, F(fakeY)), cycleConsistency(y, G(fakeX))),
              ...(identityWeight > 0 && {
                identity: weighted(
                  cycleWeight * identityWeight,
                  identityMapping(x, F(x)),
                  identityMapping(y, G(y)),
                ),
              }),
              ...(contextualWeight > 0 && {
                contextual: weighted(contextualWeight, contents(fakeY, x), contents(fakeX, y)),
              }),
            };
          },
        },
        {
          trains: 'targetDiscriminator',
          loss: (context) => ({
            adversarial: adversarial.discriminator(
              context.networks.targetDiscriminator(context.real.images),
              context.networks.targetDiscriminator(earlier(pools?.targetPool, 'fake targets', context)),
            ),
          }),
        },
        {
          trains: 'sourceDiscriminator',
          loss: (context) => ({
            adversarial: adversarial.discriminator(
              context.networks.sourceDiscriminator(context.real.sources),
              context.networks.sourceDiscriminator(earlier(pools?.sourcePool, 'fake sources', context)),
            ),
          }),
        },
      ],
      sample: ({ networks, condition }) => networks.toTarget(condition.sources),
      reverse: (images, { networks }) => networks.toSource(images),
      ...(pools && { state: { targetPool: pools.targetPool.images, sourcePool: pools.sourcePool.images } }),
    });
  },
});

/** The fakes that the generators left, or earlier ones from the pool in their place. */
function earlier(
  pool: ImagePool | undefined,
  name: string,
  { images: seen, random, shared }: Pick<StepContext, 'images' | 'random' | 'shared'>,
): tf.Tensor4D {
  const fresh = shared<tf.Tensor4D>(name);
  return pool ? pool.exchange(fresh, random.stream, seen) : fresh;
}

/** Refuses what the networks and losses could not work with. */
function check(
  { identityWeight, contextualWeight }: z.output<typeof config>,
  { image, source = image, features }: BuildContext,
): void {
  if (identityWeight > 0 && source.channels !== image.channels) {
    throw new ConfigError(
      `@ganjs/variants: cyclegan: identityWeight ${identityWeight} with ${source.channels} given and ` +
        `${image.channels} wanted channels, expected equal numbers: set identityWeight to 0`,
    );
  }
  if (contextualWeight > 0 && !features) {
    throw new ConfigError(
      `@ganjs/variants: cyclegan: contextualWeight ${contextualWeight} without a feature network: ` +
        'pass one as `features` (`--features` on the command line), or set contextualWeight to 0',
    );
  }
}
