import { checkFraction, checkPositive } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import type { Scheduled } from '../moment.js';
import { assign, checkRate, type Optimizer, type OptimizerRun, rateAt, zeroSlot } from './optimizer.js';

/** Options of {@link adam}. */
export interface AdamOptions {
  /** The learning rate η, > 0, or its schedule. */
  readonly learningRate: Scheduled;
  /** Decay of the mean of gradients, in [0, 1). GAN papers use 0.5 or 0. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients, in [0, 1). Default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the second moment. Default 1e-8, as in the paper. */
  readonly epsilon?: number;
}

/** A backend that steps all variables in one kernel registers it under this name (see the step below). */
const FUSED_KERNEL = 'GanjsAdam';

/** A weight with its gradient and moments. */
interface Update {
  readonly w: tf.Variable;
  readonly g: tf.Tensor;
  readonly m: tf.Variable;
  readonly v: tf.Variable;
}

/** The numbers of one step; the corrections are 1 - β₁ᵗ and 1 - β₂ᵗ. */
interface Rates {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly correction1: number;
  readonly correction2: number;
}

/**
 * Adam: m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g², w ← w - η (m / (1-β₁ᵗ)) / (√(v / (1-β₂ᵗ)) + ε).
 *
 * t counts the updates of each weight: one whose first gradient comes late starts as all did.
 *
 * Kingma and Ba, "Adam: A Method for Stochastic Optimization" (2015), algorithm 1.
 *
 * @throws OptionError for a learning rate or epsilon that is not positive, or a beta outside [0, 1).
 */
export function adam({ learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions): Optimizer {
  checkRate('adam', learningRate);
  checkPositive('adam', 'epsilon', epsilon);
  checkFraction('adam', 'beta1', beta1);
  checkFraction('adam', 'beta2', beta2);
  return {
    name: 'adam',
    start(variables) {
      const first = zeroSlot(variables);
      const second = zeroSlot(variables);
      const counts = variables.map(() => 0);
      const run: OptimizerRun = {
        counts,
        slots: { first, second },
        step(gradients, moment) {
          const rate = rateAt('adam', learningRate, moment);
          // Weights by how many updates they had: all of one number, unless some had no gradient at times.
          const updated = new Map<number, Update[]>();
          for (const [i, w] of variables.entries()) {
            const g = gradients[i];
            if (!g) continue;
            const t = ++counts[i]!;
            const alike = updated.get(t) ?? [];
            alike.push({ w, g, m: first[i]!, v: second[i]! });
            updated.set(t, alike);
          }
          for (const [t, updates] of updated) {
            const correction1 = 1 - beta1 ** t;
            const correction2 = 1 - beta2 ** t;
            apply(updates, { learningRate: rate, beta1, beta2, epsilon, correction1, correction2 });
          }
        },
        dispose: () => tf.dispose([...first, ...second]),
      };
      return run;
    },
  };
}

function apply(updates: readonly Update[], rates: Rates): void {
  const fused = tf.getKernel(FUSED_KERNEL, tf.getBackend());
  if (fused) {
    fused.kernelFunc({
      backend: tf.backend(),
      inputs: {
        variables: updates.map(({ w }) => w),
        gradients: updates.map(({ g }) => g),
        first: updates.map(({ m }) => m),
        second: updates.map(({ v }) => v),
      } as unknown as tf.NamedTensorInfoMap,
      attrs: { ...rates },
    });
    return;
  }
  const { learningRate, beta1, beta2, epsilon, correction1, correction2 } = rates;
  for (const { w, g, m, v } of updates) {
    assign(m, () => m.mul(beta1).add(g.mul(1 - beta1)));
    assign(v, () => v.mul(beta2).add(g.square().mul(1 - beta2)));
    assign(w, () => {
      const size = v.div(correction2).sqrt().add(epsilon);
      return w.sub(m.div(correction1).div(size).mul(learningRate));
    });
  }
}
