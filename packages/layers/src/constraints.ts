import * as tf from '@tensorflow/tfjs';
import { LayerConfigError } from './errors.js';
import { register } from './layer.js';

/** A constraint of TensorFlow.js: `apply` projects a weight. */
export type Constraint = ReturnType<typeof tf.constraints.nonNeg>;

// Layers accept only instances of this class, which TensorFlow.js does not export by name.
const ConstraintBase = Object.getPrototypeOf(
  tf.constraints.nonNeg().constructor,
) as abstract new () => Constraint;

/** See {@link weightClip}. */
export class WeightClip extends ConstraintBase {
  static readonly className = 'Ganjs>WeightClip';

  readonly limit: number;

  constructor({ limit }: { limit: number }) {
    super();
    if (!(limit > 0)) throw new LayerConfigError('weightClip', 'limit', 'above 0', limit);
    this.limit = limit;
  }

  override apply(weight: tf.Tensor): tf.Tensor {
    return tf.clipByValue(weight, -this.limit, this.limit);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { limit: this.limit };
  }
}
register(WeightClip);

/** See {@link maxNorm}. */
export class MaxNorm extends ConstraintBase {
  static readonly className = 'Ganjs>MaxNorm';

  readonly limit: number;

  constructor({ limit }: { limit: number }) {
    super();
    if (!(limit > 0)) throw new LayerConfigError('maxNorm', 'limit', 'above 0', limit);
    this.limit = limit;
  }

  override apply(weight: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const inputs = [...weight.shape.keys()].slice(0, -1);
      const norm = tf.sqrt(tf.sum(tf.square(weight), inputs, true));
      return tf.mul(weight, tf.div(tf.minimum(norm, this.limit), tf.add(norm, 1e-7)));
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { limit: this.limit };
  }
}
register(MaxNorm);

/**
 * Clips every number of a weight to [-limit, limit]: the critic's constraint in WGAN, with limit 0.01.
 *
 * @throws LayerConfigError unless limit > 0.
 * Source: Arjovsky et al., Wasserstein GAN (2017), algorithm 1.
 */
export function weightClip(config: { limit: number }): WeightClip {
  return new WeightClip(config);
}

/**
 * Scales the weights of each output unit to a norm of at most `limit`: w ← w · min(‖w‖, limit) / (‖w‖ + 1e-7), the
 * norm taken over all axes but the last (dense [in, out], convolution [k, k, in, out]).
 *
 * @throws LayerConfigError unless limit > 0.
 * Source: Srivastava et al., Dropout (2014), section 5.1.
 */
export function maxNorm(config: { limit: number }): MaxNorm {
  return new MaxNorm(config);
}

/**
 * Projects variables in place. Optimizers of TensorFlow.js do not apply the constraints of layers, so a training
 * loop calls this after each step.
 *
 * @param variables e.g. `model.trainableWeights.map((weight) => weight.read())`.
 */
export function applyConstraint(variables: Iterable<tf.Variable | tf.Tensor>, constraint: Constraint): void {
  for (const variable of variables) {
    const projected = constraint.apply(variable);
    (variable as tf.Variable).assign(projected);
    projected.dispose();
  }
}
