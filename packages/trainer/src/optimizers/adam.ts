import * as tf from '@tensorflow/tfjs';
import { checkRate, type LearningRate, rateAt } from './learningRate.js';
import { assign, type Optimizer, type OptimizerRun, zeroSlot } from './optimizer.js';

export interface AdamOptions {
  /** Step size η, > 0, or its schedule. */
  readonly learningRate: LearningRate;
  /** Decay of the mean of gradients, in [0, 1). GAN papers use 0.5 or 0. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients, in [0, 1). Default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the second moment. Default 1e-8, as in the paper. */
  readonly epsilon?: number;
}

/** A backend that steps all variables in one kernel registers it under this name (see the step below). */
const FUSED_KERNEL = 'GanjsAdam';

/**
 * Adam: m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g², w ← w - η (m / (1-β₁ᵗ)) / (√(v / (1-β₂ᵗ)) + ε).
 *
 * Kingma and Ba, "Adam: A Method for Stochastic Optimization" (2015), algorithm 1.
 *
 * @throws RangeError for a learning rate or epsilon that is not positive, or a beta outside [0, 1).
 */
export function adam({ learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions): Optimizer {
  checkRate('adam', learningRate);
  if (!(epsilon > 0)) throw new RangeError(`adam: epsilon is ${epsilon}, expected a number > 0`);
  for (const [name, beta] of Object.entries({ beta1, beta2 })) {
    if (!(beta >= 0 && beta < 1))
      throw new RangeError(`adam: ${name} is ${beta}, expected a number in [0, 1)`);
  }
  return {
    name: 'adam',
    start(variables) {
      const first = zeroSlot(variables);
      const second = zeroSlot(variables);
      const run: OptimizerRun = {
        count: 0,
        slots: { first, second },
        step(gradients, progress) {
          run.count++;
          const rate = rateAt(learningRate, progress);
          const correction1 = 1 - beta1 ** run.count;
          const correction2 = 1 - beta2 ** run.count;
          const updated = variables.flatMap((w, i) =>
            gradients[i] ? [{ w, g: gradients[i], m: first[i]!, v: second[i]! }] : [],
          );
          const fused = tf.getKernel(FUSED_KERNEL, tf.getBackend());
          if (fused) {
            fused.kernelFunc({
              backend: tf.backend(),
              inputs: {
                variables: updated.map(({ w }) => w),
                gradients: updated.map(({ g }) => g),
                first: updated.map(({ m }) => m),
                second: updated.map(({ v }) => v),
              } as unknown as tf.NamedTensorInfoMap,
              attrs: { learningRate: rate, beta1, beta2, epsilon, correction1, correction2 },
            });
            return;
          }
          for (const { w, g, m, v } of updated) {
            assign(m, () => m.mul(beta1).add(g.mul(1 - beta1)));
            assign(v, () => v.mul(beta2).add(g.square().mul(1 - beta2)));
            assign(w, () => {
              const size = v.div(correction2).sqrt().add(epsilon);
              return w.sub(m.div(correction1).div(size).mul(rate));
            });
          }
        },
        dispose: () => tf.dispose([...first, ...second]),
      };
      return run;
    },
  };
}
