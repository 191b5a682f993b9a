import { type Defaults, withDefaults } from '@ganjs/trainer';
import * as z from 'zod';
import { ema } from '../averaging.js';
import { realTarget } from '../labelSmoothing.js';
import { beta1, beta2, discriminatorLearningRate, rates } from '../optimizer.js';

const fraction = z.number().min(0).lt(1);
const weight = z.number().min(0);
const count = z.number().int().positive();
const slope = z.number().min(0).max(1);
const several = z.number().int().min(1).max(8);

const initStddev = z
  .number()
  .positive()
  .optional()
  .describe("standard deviation of the first weights, 0.02 in the paper; default: Glorot's uniform ones");
const batchNormMomentum = fraction
  .optional()
  .describe("fraction of the statistics that batch norm keeps at each step; default: the paper's");

/** What generators of all backbones have. */
const anyGenerator = {
  width: count
    .optional()
    .describe("channels of the first feature map, or units of the dense layers; default: the paper's"),
  initStddev,
  count: several.default(1).describe('generators that share the batch, told apart by a classifier (MGAN)'),
};
const backbone = 'the network: convolutions, three dense layers (for points), or residual blocks';

const generator = z
  .union([
    z.strictObject({
      backbone: z.literal('dcgan').default('dcgan').describe(backbone),
      ...anyGenerator,
      stages: count
        .optional()
        .describe("doublings of the map; default: halves the image's sides while they are even and above 4"),
      kernelSize: count.default(5).describe('side of the convolution kernels'),
      hiddenUnits: count
        .optional()
        .describe('units of a dense layer between noise and map; default: no such layer'),
      stride1Layer: z.boolean().default(true).describe('a layer of stride 1 before the doublings'),
      output: z
        .enum(['transposed', 'convolution'])
        .default('transposed')
        .describe('what makes the pixels: the last doubling, or a 3x3 convolution after it'),
      norm: z.enum(['batch', 'none']).default('batch').describe('what follows the layers'),
      batchNormMomentum,
      leakySlope: slope.default(0.3).describe('slope of LeakyReLU below zero'),
    }),
    z.strictObject({ backbone: z.literal('mlp').describe(backbone), ...anyGenerator }),
    z.strictObject({
      backbone: z.literal('resnet').describe(backbone),
      ...anyGenerator,
      batchNormMomentum,
    }),
  ])
  .prefault({});

/** What discriminators of all backbones have. */
const anyDiscriminator = {
  width: count
    .optional()
    .describe("filters of the first convolution, or units of the dense layers; default: the paper's"),
  initStddev,
  spectralNorm: z
    .boolean()
    .default(false)
    .describe('divides the weights by their largest singular value (SNGAN)'),
  minibatchDiscrimination: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('features by which a sample is compared with its batch (Salimans et al. use 100); 0 for none'),
  weightClip: z
    .number()
    .positive()
    .optional()
    .describe('largest absolute value of the weights, 0.01 in WGAN; default: no clipping'),
  steps: count.default(1).describe("updates before each of the generator's"),
  count: several
    .default(1)
    .describe('discriminators; the generator heeds the soft maximum of their losses (GMAN)'),
};
const discriminatorNorm = 'what follows the layers but the first';

const discriminator = z
  .union([
    z.strictObject({
      backbone: z.literal('dcgan').default('dcgan').describe(backbone),
      ...anyDiscriminator,
      stages: count
        .optional()
        .describe('halvings of the image; default: while its sides are even and above 4'),
      kernelSize: count.default(5).describe('side of the convolution kernels'),
      hiddenUnits: count
        .optional()
        .describe('units of a dense layer between map and logit; default: no such layer'),
      norm: z.enum(['none', 'batch', 'layer', 'instance']).default('none').describe(discriminatorNorm),
      batchNormMomentum,
      leakySlope: slope.default(0.3).describe('slope of LeakyReLU below zero'),
      dropout: fraction.default(0.3).describe('fraction of activations that are dropped'),
    }),
    z.strictObject({
      backbone: z.literal('mlp').describe(backbone),
      ...anyDiscriminator,
      norm: z.enum(['none', 'batch', 'layer']).default('none').describe(discriminatorNorm),
    }),
    z.strictObject({
      backbone: z.literal('resnet').describe(backbone),
      ...anyDiscriminator,
      norm: z.enum(['none', 'layer']).default('none').describe(discriminatorNorm),
    }),
  ])
  .prefault({});

const objective = z
  .strictObject({
    loss: z
      .enum(['non-saturating', 'minimax', 'least-squares', 'hinge', 'wasserstein', 'relativistic-average'])
      .default('non-saturating')
      .describe('the adversarial loss'),
    realTarget,
    flipLabels: z
      .number()
      .min(0)
      .max(0.5)
      .default(0)
      .describe(
        'fraction of samples whose real or fake label the discriminator sees exchanged, usually 0.05',
      ),
    featureMatching: weight
      .default(0)
      .describe(
        "weight of the distance between mean features of real and generated images in the generator's loss",
      ),
    modeSeeking: weight
      .default(0)
      .describe(
        'weight of the diversity loss, which keeps different noise from giving like images; 1 in MSGAN',
      ),
  })
  .prefault({});

const penaltyKind = "penalty on the discriminator's gradient with respect to its images";
const gradientPenalty = <Kind extends string>(kind: Kind) =>
  z.strictObject({
    kind: z.literal(kind).describe(penaltyKind),
    weight: weight.default(10).describe('weight of that penalty'),
    every: count
      .default(1)
      .describe('steps from one penalty to the next, which weighs as many times more: lazy regularization'),
  });

const penalty = z
  .union([
    z.strictObject({ kind: z.literal('none').default('none').describe(penaltyKind) }),
    gradientPenalty('gradient-penalty'),
    gradientPenalty('one-sided-gradient-penalty'),
    gradientPenalty('dragan'),
    gradientPenalty('r1'),
    gradientPenalty('r2'),
  ])
  .prefault({});

const augmentation = z
  .strictObject({
    policy: z
      .enum(['none', 'classic', 'diffaugment'])
      .default('none')
      .describe(
        'random changes to all images before the discriminator: flips and shifts, or color, shift and cutout',
      ),
    instanceNoise: weight
      .default(0)
      .describe('standard deviation of noise on all images before the discriminator; falls linearly to 0'),
  })
  .prefault({});

const rule = 'the rule that updates both players';
const tutorialRates = { ...rates, learningRate: withDefaults(rates.learningRate, 1e-4) };

const optimizer = z
  .union([
    z.strictObject({
      rule: z.literal('adam').default('adam').describe(rule),
      ...tutorialRates,
      discriminatorLearningRate,
      beta1: withDefaults(beta1, 0.9).describe('decay of the mean of gradients; 0.5 in the paper'),
      beta2,
    }),
    z.strictObject({
      rule: z.literal('rmsprop').describe(rule),
      ...tutorialRates,
      discriminatorLearningRate,
    }),
  ])
  .prefault({});

/** Every choice of the family, with the defaults of DCGAN in the form of TensorFlow's tutorial. */
const choices = z.strictObject({
  latent: count.default(100).describe('length of the noise vector'),
  generator,
  discriminator,
  objective,
  penalty,
  augmentation,
  updates: z
    .enum(['alternating', 'simultaneous'])
    .default('alternating')
    .describe(
      'whether the players learn in turns, each from new noise, or both from one forward pass, which is cheaper',
    ),
  optimizer,
  ema,
});

/** What a member of the family can be configured with. */
export type DcganConfig = z.output<typeof choices>;

/** The family's choices with other defaults: those of one paper. */
export function dcganConfig(defaults: Defaults<typeof choices> = {}): typeof choices {
  return withDefaults(choices, defaults);
}
