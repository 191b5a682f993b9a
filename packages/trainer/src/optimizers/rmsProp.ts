import { checkFraction, checkPositive } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import type { Scheduled } from '../moment.js';
import { assign, checkRate, type Optimizer, type OptimizerRun, rateAt, zeroSlot } from './optimizer.js';

/** Options of {@link rmsProp}. */
export interface RmsPropOptions {
  /** The learning rate η, > 0, or its schedule. */
  readonly learningRate: Scheduled;
  /** Decay of the mean of squared gradients, in [0, 1). Default 0.99. */
  readonly decay?: number;
  /** Added to the root of that mean, > 0. Default 1e-8. */
  readonly epsilon?: number;
}

/**
 * RMSProp in PyTorch's form: v ← ρv + (1-ρ)g², w ← w - η g / (√v + ε). TensorFlow has ε inside the root, and ρ = 0.9.
 *
 * Tieleman and Hinton, "Lecture 6.5: RMSProp" (2012); the optimizer of WGAN.
 *
 * @throws OptionError for a learning rate or epsilon that is not positive, or a decay outside [0, 1).
 */
export function rmsProp({ learningRate, decay = 0.99, epsilon = 1e-8 }: RmsPropOptions): Optimizer {
  checkRate('rmsProp', learningRate);
  checkPositive('rmsProp', 'epsilon', epsilon);
  checkFraction('rmsProp', 'decay', decay);
  return {
    name: 'rmsProp',
    start(variables: readonly tf.Variable[]) {
      const squares = zeroSlot(variables);
      const run: OptimizerRun = {
        counts: [],
        slots: { squares },
        step(gradients, moment) {
          const rate = rateAt('rmsProp', learningRate, moment);
          for (const [i, w] of variables.entries()) {
            const g = gradients[i];
            if (!g) continue;
            const v = squares[i]!;
            assign(v, () => v.mul(decay).add(g.square().mul(1 - decay)));
            assign(w, () => w.sub(g.div(v.sqrt().add(epsilon)).mul(rate)));
          }
        },
        dispose: () => tf.dispose(squares),
      };
      return run;
    },
  };
}
