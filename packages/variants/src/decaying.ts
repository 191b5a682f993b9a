import { linearDecay, type Scheduled } from '@ganjs/trainer';

/**
 * A learning rate that falls linearly to 0 from the fraction `from` of the run on; 1 keeps it constant, as configurations
 * say.
 */
export function decaying(learningRate: number, from: number): Scheduled {
  return from < 1 ? linearDecay(learningRate, { from }) : learningRate;
}
