import { type LearningRate, linearDecay } from '@ganjs/trainer';

/** A step size that falls linearly to 0 from the share `from` of the run on; 1 keeps it constant, as settings say. */
export function decaying(learningRate: number, from: number): LearningRate {
  return from < 1 ? linearDecay(learningRate, { from }) : learningRate;
}
