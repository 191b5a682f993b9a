import { checkFraction, checkPositive } from '@ganjs/errors';
import type { Schedule } from './moment.js';

/**
 * A constant that falls to zero in a straight line from the fraction `from` of the run on:
 * η(p) = η for p < from, η (1 - p) / (1 - from) after. CycleGAN's learning rates decay so from one half.
 *
 * @throws OptionError unless 0 <= from < 1.
 */
export function linearDecay(value: number, { from }: { readonly from: number }): Schedule {
  checkFraction('linearDecay', 'from', from);
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
 * @param options.kimg the half-life in thousands of images, > 0.
 * @param options.rampUp the half-life's largest fraction of the images shown so far. Default: no ramp.
 * @throws OptionError for a number that is not positive.
 */
export function emaHalfLife({ kimg, rampUp }: { readonly kimg: number; readonly rampUp?: number }): Schedule {
  for (const [name, value] of Object.entries({ kimg, ...(rampUp !== undefined && { rampUp }) })) {
    checkPositive('emaHalfLife', name, value);
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
 * @throws OptionError unless 0 <= decay < 1.
 */
export function emaWarmUp(decay: number): Schedule {
  checkFraction('emaWarmUp', 'decay', decay);
  return ({ step }) => Math.min(decay, (2 + step) / (11 + step));
}
