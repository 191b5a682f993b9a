import type { Defaults } from '@ganjs/trainer';
import type { dcganConfig } from './config.js';

type Choices = Defaults<ReturnType<typeof dcganConfig>>;

/** Networks of the quick presets, by their widths. */
export const quickNetworks = (generatorWidth: number, discriminatorWidth: number, stride1Layer: boolean) => ({
  generator: {
    width: generatorWidth,
    kernelSize: 4,
    hiddenUnits: 128,
    stride1Layer,
    leakySlope: 0.2,
    initStddev: 0.02,
    batchNormMomentum: 0.9,
  },
  discriminator: {
    width: discriminatorWidth,
    kernelSize: 4,
    hiddenUnits: 128,
    leakySlope: 0.2,
    dropout: 0,
    initStddev: 0.02,
  },
});

/**
 * Small networks for a small machine: recognisable digits in minutes. Many steps on small batches matter more
 * than width; the hidden layers, which see the whole image at once, make strokes hang together as digits; the
 * falling learning rate and the averaged weights settle what the fast start left rough.
 */
export const quickConfig = {
  ...quickNetworks(64, 32, true),
  optimizer: { decayFrom: 0.6 },
  ema: 0.998,
} satisfies Choices;

/**
 * The same with DCGAN's loss. The R1 penalty keeps the discriminator from winning, so that both can learn fast; without
 * it the digits are fewer and coarser after as many steps. Every second step has none, and the generator no layer of
 * stride 1, which makes room for more steps.
 */
export const quickPreset = {
  description: 'narrow networks and 4,400 small steps: digits in three minutes on two cores',
  config: {
    ...quickNetworks(48, 24, false),
    updates: 'simultaneous',
    penalty: { kind: 'r1', weight: 1, every: 2 },
    optimizer: { learningRate: 2e-3, beta1: 0, decayFrom: 0.6 },
    ema: 0.998,
  } satisfies Choices,
  batch: 32,
  steps: 4400,
};

/** Dense networks for points in the plane. */
export const pointsConfig = {
  latent: 2,
  generator: { backbone: 'mlp', width: 128 },
  discriminator: { backbone: 'mlp', width: 128 },
  optimizer: { decayFrom: 0.5 },
  ema: 0.99,
} satisfies Choices;
