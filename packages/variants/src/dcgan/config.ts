import * as z from 'zod';
import { ema } from '../averaging.js';

const fraction = z.number().min(0).lt(1);
const weight = z.number().min(0);
const count = z.number().int().positive();
const size = z.number().int().min(0);
const several = z.number().int().min(1).max(8);

/** Every choice of the family, with the defaults of DCGAN in the form of TensorFlow's tutorial. */
const choices = z.strictObject({
  // The networks.
  backbone: z
    .enum(['dcgan', 'mlp', 'resnet'])
    .default('dcgan')
    .describe('networks: convolutions, three dense layers (the one for points), or residual blocks'),
  latent: count.default(100).describe('length of the noise vector'),
  generatorWidth: size
    .default(0)
    .describe(
      "channels of the generator's first feature map, or units of its dense layers; 0 takes its paper's",
    ),
  discriminatorWidth: size
    .default(0)
    .describe(
      "filters of the discriminator's first convolution, or units of its dense layers; 0 takes its paper's",
    ),
  generatorStages: size
    .default(0)
    .describe("doublings in dcgan's generator; 0 halves the image's sides while they are even and above 4"),
  discriminatorStages: size.default(0).describe("halvings in dcgan's discriminator; 0 by the same rule"),
  output: z
    .enum(['transposed', 'convolution'])
    .default('transposed')
    .describe('what makes the pixels in dcgan: the last doubling, or a 3x3 convolution after it'),
  kernel: count.default(5).describe('side of all convolution kernels of dcgan'),
  hidden: size
    .default(0)
    .describe("units of a dense layer after dcgan's noise and before its logit; 0 for none"),
  refine: z.boolean().default(true).describe("a layer of stride 1 before the doublings of dcgan's generator"),
  generatorNorm: z
    .enum(['batch', 'none'])
    .default('batch')
    .describe("normalization of the generator's layers"),
  normMomentum: fraction.default(0.99).describe('fraction of the batch-norm statistics kept at each step'),
  discriminatorNorm: z
    .enum(['none', 'batch', 'layer', 'instance'])
    .default('none')
    .describe("normalization of the discriminator's layers but the first"),
  spectralNorm: z
    .boolean()
    .default(false)
    .describe("divides the discriminator's weights by their largest singular value (SNGAN)"),
  minibatchDiscrimination: size
    .default(0)
    .describe('features by which a sample is compared with its batch (Salimans et al. use 100); 0 for none'),
  generatorSlope: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe("slope below zero of the generator's LeakyReLU"),
  slope: z.number().min(0).max(1).default(0.3).describe("slope below zero of the discriminator's LeakyReLU"),
  dropout: fraction.default(0.3).describe('fraction of activations that the discriminator drops'),
  initialDeviation: weight
    .default(0)
    .describe("standard deviation of the first weights, 0.02 in the paper; 0 takes Glorot's uniform ones"),
  generators: several
    .default(1)
    .describe('generators that share the batch, told apart by a classifier (MGAN)'),
  discriminators: several
    .default(1)
    .describe('discriminators; the generator heeds the soft maximum of their losses (GMAN)'),

  // The objective.
  loss: z
    .enum(['non-saturating', 'minimax', 'least-squares', 'hinge', 'wasserstein', 'relativistic-average'])
    .default('non-saturating')
    .describe('the adversarial loss'),
  realTarget: z
    .number()
    .gt(0)
    .max(1)
    .default(1)
    .describe('label of real images: below 1 is one-sided label smoothing, usually 0.9'),
  flipLabels: z
    .number()
    .min(0)
    .max(0.5)
    .default(0)
    .describe('fraction of samples whose real or fake label the discriminator sees exchanged, usually 0.05'),
  penalty: z
    .enum(['none', 'gradient-penalty', 'one-sided-gradient-penalty', 'dragan', 'r1', 'r2'])
    .default('none')
    .describe("penalty on the discriminator's gradient with respect to its images"),
  penaltyWeight: weight.default(10).describe('weight of that penalty'),
  penaltyEvery: count
    .default(1)
    .describe('steps from one penalty to the next, which weighs as many times more: lazy regularization'),
  clip: weight
    .default(0)
    .describe("largest absolute value of the discriminator's weights, 0.01 in WGAN; 0 does not clip"),
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

  // What the discriminator sees.
  augment: z
    .enum(['none', 'classic', 'diffaugment'])
    .default('none')
    .describe(
      'random changes to all images before the discriminator: flips and shifts, or color, shift and cutout',
    ),
  instanceNoise: weight
    .default(0)
    .describe('standard deviation of noise on all images before the discriminator; falls linearly to 0'),

  // The updates.
  updates: z
    .enum(['alternating', 'simultaneous'])
    .default('alternating')
    .describe(
      'whether the players learn in turns, each from new noise, or both from one forward pass, which is cheaper',
    ),
  optimizer: z.enum(['adam', 'rmsprop']).default('adam').describe('the rule that updates both players'),
  learningRate: z.number().positive().default(1e-4).describe('learning rate of both players'),
  discriminatorLearningRate: weight
    .default(0)
    .describe("learning rate of the discriminator alone (TTUR); 0 takes the generator's"),
  decayFrom: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('fraction of the run after which the learning rate falls linearly to 0; 1 keeps it constant'),
  beta1: fraction.default(0.9).describe('decay of the mean of gradients in Adam; 0.5 in the paper'),
  beta2: fraction.default(0.999).describe('decay of the mean of squared gradients in Adam'),
  discriminatorSteps: count
    .default(1)
    .describe("updates of the discriminator before each of the generator's"),
  ema,
});

/** What a member of the family can be configured with. */
export type DcganConfig = z.output<typeof choices>;

/** The family's choices with other defaults: those of one paper. */
export function dcganConfig(defaults: Partial<DcganConfig> = {}): typeof choices {
  const shape = Object.entries(choices.shape).map(([key, schema]) => {
    const value = defaults[key as keyof DcganConfig];
    if (value === undefined) return [key, schema];
    const bare = schema.removeDefault() as z.ZodType;
    return [key, bare.default(value).describe(schema.description!)];
  });
  return z.strictObject(Object.fromEntries(shape)) as typeof choices;
}
