import { adam, linearDecay, type Optimizer, type Scheduled } from '@ganjs/trainer';
import * as z from 'zod';

const fraction = z.number().min(0).lt(1);

/** The learning rate of both players, and when it begins to fall. */
export const rates = {
  learningRate: z.number().positive().default(2e-4).describe('learning rate of both players'),
  decayFrom: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe('fraction of the run after which the learning rate falls linearly to 0; 1 keeps it constant'),
};

/** The learning rate of the discriminator alone: two time-scale updates (Heusel et al., 2017). */
export const discriminatorLearningRate = z
  .number()
  .positive()
  .optional()
  .describe("learning rate of the discriminator alone (TTUR); default: the generator's");

/** Adam's decay of the mean of gradients. */
export const beta1 = fraction.default(0.5).describe('decay of the mean of gradients in Adam');
/** Adam's decay of the mean of squared gradients. */
export const beta2 = fraction.default(0.999).describe('decay of the mean of squared gradients in Adam');

/** Adam, for both players. */
export const adamSettings = z.strictObject({ ...rates, beta1 }).prefault({});

/** Adam by its settings. */
export function adamOf(
  settings: { readonly learningRate: number; readonly decayFrom: number; readonly beta1?: number },
  learningRate = settings.learningRate,
): Optimizer {
  const { decayFrom, beta1 } = settings;
  return adam({
    learningRate: decaying(learningRate, decayFrom),
    ...(beta1 !== undefined && { beta1 }),
  });
}

/** A learning rate that falls linearly to 0 after a fraction of the run; 1 keeps it constant. */
export function decaying(learningRate: number, from: number): Scheduled {
  return from < 1 ? linearDecay(learningRate, { from }) : learningRate;
}
