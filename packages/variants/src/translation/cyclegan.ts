import { cycleganGenerator, type ImageShape, patchDiscriminator, unetGenerator } from '@ganjs/architectures';
import { contextual, cycleConsistency, identityMapping, leastSquares } from '@ganjs/losses';
import {
  type BuildContext,
  ConfigError,
  defineGame,
  defineVariant,
  type StepContext,
  withDefaults,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import * as z from 'zod';
import { averaged, ema } from '../averaging.js';
import { adamOf, beta1, discriminatorLearningRate, rates } from '../optimizer.js';
import { type ImagePool, imagePool } from './imagePool.js';
import { patchGan } from './patchGan.js';

const count = z.number().int().positive();
const backbone =
  "the generators' network: the paper's ResNet, or Pix2Pix's U-Net as in TensorFlow's tutorial";
const width = count.default(64).describe("channels of the generators' first map");

const config = z.strictObject({
  generator: z
    .union([
      z.strictObject({
        backbone: z.literal('resnet').default('resnet').describe(backbone),
        width,
        blocks: count.optional().describe('residual blocks; default: 9 above 128 pixels and 6 up to there'),
        upsampling: z
          .enum(['transposed', 'resize'])
          .default('transposed')
          .describe(
            "how a map is doubled: the paper's transposed convolutions, or nearest neighbours and a convolution",
          ),
      }),
      z.strictObject({ backbone: z.literal('unet').describe(backbone), width }),
    ])
    .prefault({}),
  discriminator: z
    .strictObject({
      ...patchGan,
      norm: z
        .enum(['instance', 'none'])
        .default('instance')
        .describe(
          "what follows the PatchGANs' inner convolutions; instance norm takes out how strong a pattern is that covers " +
            'the whole image, such as a grain that hides what the way back needs',
        ),
      poolSize: z
        .number()
        .int()
        .min(0)
        .default(50)
        .describe('earlier fakes that each discriminator is shown again; 0 for none'),
    })
    .prefault({}),
  objective: z
    .strictObject({
      cycleWeight: z.number().positive().default(10).describe('weight of coming back to where one started'),
      identityWeight: z
        .number()
        .min(0)
        .default(0.5)
        .describe(
          'weight, times cycleWeight, of leaving images of the wanted domain as they are; 0 for none',
        ),
      contextualWeight: z
        .number()
        .min(0)
        .default(0)
        .describe(
          'weight of the contextual loss, which keeps the features of the given image; 0 for none, needs a feature network',
        ),
    })
    .prefault({}),
  optimizer: z
    .strictObject({
      ...rates,
      discriminatorLearningRate,
      decayFrom: withDefaults(rates.decayFrom, 0.5),
      beta1,
    })
    .prefault({}),
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
        generator: { backbone: 'unet', width: 32 },
        discriminator: { width: 48, layers: 2, norm: 'none' },
        objective: { cycleWeight: 5, identityWeight: 0.2 },
        optimizer: { learningRate: 5e-4 },
        ema: 0.99,
      },
      batch: 8,
      steps: 1000,
    },
  },
  create(config, context) {
    const { image: target, source, seed, features } = context;
    check(config, context);
    const { optimizer } = config;
    const { poolSize, ...patches } = config.discriminator;
    const { cycleWeight, identityWeight, contextualWeight } = config.objective;
    const discriminator = (name: string, image: ImageShape) => ({
      network: patchDiscriminator({ image, ...patches, seed, name }),
      optimizer: adamOf(optimizer, optimizer.discriminatorLearningRate),
    });
    const generator = (name: string, given: ImageShape, image: ImageShape) => {
      const common = { source: given, image, norm: 'instance', seed, name } as const;
      const { generator: own } = config;
      const network =
        own.backbone === 'unet'
          ? unetGenerator({ ...common, width: own.width, dropoutRate: 0 })
          : cycleganGenerator({ ...common, ...own });
      return { network, optimizer: adamOf(optimizer), ...averaged(config.ema) };
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
  { objective: { identityWeight, contextualWeight } }: z.output<typeof config>,
  { image, source, features }: BuildContext<'unpaired-translation'>,
): void {
  if (identityWeight > 0 && source.channels !== image.channels) {
    throw new ConfigError(
      `@ganjs/variants: cyclegan: objective.identityWeight ${identityWeight} with ${source.channels} given and ` +
        `${image.channels} wanted channels, expected equal numbers: set objective.identityWeight=0`,
    );
  }
  if (contextualWeight > 0 && !features) {
    throw new ConfigError(
      `@ganjs/variants: cyclegan: objective.contextualWeight ${contextualWeight} without a feature network: ` +
        'pass one as features (--features on the command line), or set objective.contextualWeight=0',
    );
  }
}
