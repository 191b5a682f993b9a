import { checkFraction } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import type { Scheduled } from '../moment.js';
import { assign, checkRate, type Optimizer, type OptimizerRun, rateAt, zeroSlot } from './optimizer.js';

/** Options of {@link sgd}. */
export interface SgdOptions {
  /** The learning rate η, > 0, or its schedule. */
  readonly learningRate: Scheduled;
  /** Fraction of the last step that is taken again, in [0, 1). Default 0. */
  readonly momentum?: number;
}

/**
 * Stochastic gradient descent with momentum: b ← μb + g, w ← w - ηb.
 *
 * Polyak (1964), in the form of Sutskever et al. (2013); the optimizer of the first GAN paper.
 *
 * @throws OptionError for a learning rate that is not positive, or a momentum outside [0, 1).
 */
export function sgd({ learningRate, momentum = 0 }: SgdOptions): Optimizer {
  checkRate('sgd', learningRate);
  checkFraction('sgd', 'momentum', momentum);
  return {
    name: 'sgd',
    start(variables) {
      const velocity = momentum > 0 ? zeroSlot(variables) : [];
      const run: OptimizerRun = {
        counts: [],
        slots: { velocity },
        step(gradients, moment) {
          const rate = rateAt('sgd', learningRate, moment);
          for (const [i, w] of variables.entries()) {
            const g = gradients[i];
            if (!g) continue;
            const b = velocity[i];
            if (b) assign(b, () => b.mul(momentum).add(g));
            assign(w, () => w.sub((b ?? g).mul(rate)));
          }
        },
        dispose: () => tf.dispose(velocity),
      };
      return run;
    },
  };
}
