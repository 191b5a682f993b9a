/** A step size, > 0, or a schedule: the step size at a share of the run in [0, 1). */
export type LearningRate = number | ((progress: number) => number);

/**
 * A constant step size that falls to zero in a straight line from the share `from` of the run on:
 * η(p) = η for p < from, η (1 - p) / (1 - from) after. CycleGAN decays so from one half.
 *
 * @throws RangeError unless 0 <= from < 1.
 */
export function linearDecay(learningRate: number, { from }: { readonly from: number }): LearningRate {
  if (!(from >= 0 && from < 1))
    throw new RangeError(`linearDecay: from is ${from}, expected a share in [0, 1)`);
  return (progress) => learningRate * Math.min(1, (1 - progress) / (1 - from));
}

/** The step size at a share of the run. */
export function rateAt(learningRate: LearningRate, progress: number): number {
  return typeof learningRate === 'number' ? learningRate : learningRate(progress);
}

/** @throws RangeError for a constant that is not positive. */
export function checkRate(optimizer: string, learningRate: LearningRate): void {
  if (typeof learningRate === 'number' && !(learningRate > 0)) {
    throw new RangeError(`${optimizer}: learningRate is ${learningRate}, expected a number > 0`);
  }
}
