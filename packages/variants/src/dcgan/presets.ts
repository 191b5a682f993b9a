import type { DcganConfig } from './config.js';

/**
 * Small networks for a small machine: recognisable digits in minutes. Many steps on small batches matter more
 * than width; the hidden layers, which see the whole image at once, make strokes hang together as digits; the
 * falling learning rate and the averaged weights settle what the fast start left rough.
 */
export const quickConfig = {
  generatorWidth: 64,
  discriminatorWidth: 32,
  kernel: 4,
  hidden: 128,
  refine: true,
  generatorSlope: 0.2,
  slope: 0.2,
  dropout: 0,
  initialDeviation: 0.02,
  normMomentum: 0.9,
  decayFrom: 0.6,
  ema: 0.998,
} satisfies Partial<DcganConfig>;

/**
 * The same with DCGAN's loss. The R1 penalty keeps the discriminator from winning, so that both can learn fast; without
 * it the digits are fewer and coarser after as many steps. Every second step has none, which makes room for more steps.
 */
export const quickPreset = {
  description: 'narrow networks and 3,200 small steps: digits in three minutes on two cores',
  config: {
    ...quickConfig,
    generatorWidth: 48,
    discriminatorWidth: 24,
    updates: 'simultaneous',
    penalty: 'r1',
    penaltyWeight: 1,
    penaltyEvery: 2,
    learningRate: 2e-3,
    beta1: 0,
  } satisfies Partial<DcganConfig>,
  batch: 32,
  steps: 3200,
};

/** Dense networks for points in the plane. */
export const pointsConfig = {
  backbone: 'mlp',
  latent: 2,
  generatorWidth: 128,
  discriminatorWidth: 128,
  decayFrom: 0.5,
  ema: 0.99,
} satisfies Partial<DcganConfig>;
