import { dcganDiscriminator, dcganGenerator } from '@ganjs/architectures';
import { adam, linearDecay, type Player, type Preset, type Setting } from '@ganjs/trainer';
import { z } from 'zod';

/** What the networks of the DCGAN family can be configured with; the defaults are those of the tutorial. */
export const dcganConfig = z.strictObject({
  latent: z.number().int().positive().default(100).describe('length of the noise vector'),
  generatorWidth: z
    .number()
    .int()
    .positive()
    .default(256)
    .describe("channels of the generator's first feature map"),
  discriminatorWidth: z
    .number()
    .int()
    .positive()
    .default(64)
    .describe("filters of the discriminator's first convolution"),
  kernel: z.number().int().positive().default(5).describe('side of all convolution kernels'),
  hidden: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe(
      "units of a dense layer after the generator's noise and before the discriminator's logit; 0 for none",
    ),
  refine: z.boolean().default(true).describe('a layer of stride 1 in the generator before its two doublings'),
  slope: z.number().min(0).max(1).default(0.3).describe('slope of LeakyReLU below zero'),
  dropout: z.number().min(0).lt(1).default(0.3).describe('share of activations that the discriminator drops'),
  initialDeviation: z
    .number()
    .min(0)
    .default(0)
    .describe("standard deviation of the first weights, 0.02 in the paper; 0 takes Glorot's uniform ones"),
  normMomentum: z
    .number()
    .min(0)
    .lt(1)
    .default(0.99)
    .describe('share of the batch-norm statistics kept at each step'),
  learningRate: z.number().positive().default(1e-4).describe('step size of Adam, for both players'),
  decayFrom: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('share of the run after which the step size falls linearly to 0; 1 keeps it constant'),
  beta1: z
    .number()
    .min(0)
    .lt(1)
    .default(0.9)
    .describe('decay of the mean of gradients in Adam; 0.5 in the paper'),
  realTarget: z
    .number()
    .gt(0)
    .max(1)
    .default(1)
    .describe('label of real images: below 1 is one-sided label smoothing, usually 0.9'),
  ema: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe("decay of the average of the generator's weights that samples are drawn with; 0 for none"),
});

/**
 * A small DCGAN for a small machine: recognisable digits in minutes. Many steps on small batches matter more
 * than width; the hidden layers, which see the whole image at once, make strokes hang together as digits; the
 * falling step size and the averaged weights settle what the fast start left rough.
 */
export const quickPreset = {
  description: 'narrow networks and 4,000 small steps: digits in a few minutes on two cores',
  config: {
    generatorWidth: 64,
    discriminatorWidth: 32,
    kernel: 4,
    hidden: 128,
    slope: 0.2,
    dropout: 0,
    initialDeviation: 0.02,
    normMomentum: 0.9,
    learningRate: 1e-3,
    decayFrom: 0.6,
    beta1: 0.5,
    realTarget: 0.9,
    ema: 0.99,
  },
  batch: 32,
  steps: 4000,
} satisfies Preset<typeof dcganConfig>;

/**
 * The players of the family.
 *
 * @param classes - number of classes that both networks are told; 0 for none.
 */
export function dcganPlayers(
  config: z.output<typeof dcganConfig>,
  { image, seed }: Setting,
  classes: number,
): Record<'discriminator' | 'generator', Player> {
  const { slope, kernel, hidden, learningRate, ema } = config;
  const initialization = config.initialDeviation > 0 ? { normal: config.initialDeviation } : 'glorot';
  const shared = { image, seed, classes, slope, kernel, hidden, initialization } as const;
  const rate = config.decayFrom < 1 ? linearDecay(learningRate, { from: config.decayFrom }) : learningRate;
  // The tutorial's epsilon, which is the default of Keras.
  const optimizer = adam({ learningRate: rate, beta1: config.beta1, epsilon: 1e-7 });
  return {
    discriminator: {
      network: dcganDiscriminator({
        ...shared,
        width: config.discriminatorWidth,
        dropoutRate: config.dropout,
      }),
      optimizer,
    },
    generator: {
      network: dcganGenerator({
        ...shared,
        latent: config.latent,
        width: config.generatorWidth,
        refine: config.refine,
        momentum: config.normMomentum,
      }),
      optimizer,
      ...(ema > 0 && { ema }),
    },
  };
}
