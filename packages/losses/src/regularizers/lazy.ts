import { checkWhole } from '@ganjs/errors';

/**
 * The factor of a regularizer that runs only every `interval`-th step, so that its average strength stays.
 *
 *     interval if step mod interval = 0, else 0
 *
 * Leave the regularizer out where this is 0. StyleGAN2: 16 for R1, 4 for path length.
 *
 * @param step training steps done before this one: whole, >= 0.
 * @param interval whole, >= 1.
 * @returns `interval` or 0.
 * @throws OptionError for numbers that are not whole or too small.
 * @source Karras et al., "Analyzing and Improving the Image Quality of StyleGAN" (2020), section 3.1.
 */
export function lazy(step: number, interval: number): number {
  checkWhole('lazy', 'step', step, 0);
  checkWhole('lazy', 'interval', interval, 1);
  return step % interval === 0 ? interval : 0;
}

/** What Adam is to run with; β₁ and β₂ as in its paper. */
export interface AdamRates {
  learningRate: number;
  beta1: number;
  beta2: number;
}

/**
 * Adam's rates for a player that makes an extra, separate optimizer step for a lazy regularizer every `interval` steps.
 *
 *     c = interval / (interval + 1),   learningRate · c,   β₁^c,   β₂^c
 *
 * Not for a regularizer whose term is added to the loss of an ordinary step.
 *
 * @param rates Adam's rates without the extra steps.
 * @param interval whole, >= 1.
 * @returns the corrected rates.
 * @throws OptionError for an interval that is not whole, or below 1.
 * @source Karras et al., "Analyzing and Improving the Image Quality of StyleGAN" (2020), appendix B.
 */
export function lazyAdamRates(rates: AdamRates, interval: number): AdamRates {
  checkWhole('lazyAdamRates', 'interval', interval, 1);
  const c = interval / (interval + 1);
  const { learningRate, beta1, beta2 } = rates;
  return { learningRate: learningRate * c, beta1: beta1 ** c, beta2: beta2 ** c };
}
