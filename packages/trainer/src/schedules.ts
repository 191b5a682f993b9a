import type { Schedule } from './moment.js';

/**
 * A constant that falls to zero in a straight line from the fraction `from` of the run on:
 * η(p) = η for p < from, η (1 - p) / (1 - from) after. CycleGAN's learning rates decay so from one half.
 *
 * @throws RangeError unless 0 <= from < 1.
 */
export function linearDecay(value: number, { from }: { readonly from: number }): Schedule {
  if (!(from >= 0 && from < 1))
    throw new RangeError(`linearDecay: from is ${from}, expected a fraction in [0, 1)`);
  return ({ progress }) => value * Math.min(1, (1 - progress) / (1 - from));
}

/**
 * The decay of a weight average that forgets half of the past within so many images:
 * β = 0.5^(batch / min(halfLife, rampUp · images shown before the step)). With a ramp, the average of a run that has
 * just begun is short; in its first step it is the weights themselves.
 *
 * Karras et al., "Analyzing and Improving the Image Quality of StyleGAN" (2020), whose configurations have a half-life
 * of 10 thousand images; the ramp is of "Training Generative Adversarial Networks with Limited Data" (2020): 0.05.
 *
 * @param options.kimg - the half-life in thousands of images, > 0.
 * @param options.rampUp - the half-life's largest fraction of the images shown so far. Default: no ramp.
 * @throws RangeError for a number that is not positive.
 */
export function emaHalfLife({ kimg, rampUp }: { readonly kimg: number; readonly rampUp?: number }): Schedule {
  for (const [name, value] of Object.entries({ kimg, ...(rampUp !== undefined && { rampUp }) })) {
    if (!(value > 0)) throw new RangeError(`emaHalfLife: ${name} is ${value}, expected a number > 0`);
  }
  return ({ batch, images }) => {
    const halfLife = Math.min(kimg * 1000, rampUp === undefined ? Number.POSITIVE_INFINITY : rampUp * images);
    return 0.5 ** (batch / halfLife);
  };
}

/**
 * The decay of a weight average that rises to its full value, so that the first weights are soon forgotten:
 * min(decay, (1 + t) / (10 + t)) in step t = 1, 2, …, as TensorFlow's ExponentialMovingAverage does with `num_updates`.
 *
 * @throws RangeError unless 0 <= decay < 1.
 */
export function emaWarmUp(decay: number): Schedule {
  if (!(decay >= 0 && decay < 1))
    throw new RangeError(`emaWarmUp: decay is ${decay}, expected one in [0, 1)`);
  return ({ step }) => Math.min(decay, (2 + step) / (11 + step));
}
