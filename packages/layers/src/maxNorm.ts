import * as tf from '@tensorflow/tfjs';
import { ConstraintBase } from './constraint.js';
import { LayerConfigError } from './errors.js';
import { register } from './register.js';

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
 * Scales the weights of each output unit to a norm of at most `limit`: w ← w · min(‖w‖, limit) / (‖w‖ + 1e-7), the
 * norm taken over all axes but the last (dense [in, out], convolution [k, k, in, out]).
 *
 * @throws LayerConfigError unless limit > 0.
 * @source Srivastava et al., Dropout (2014), section 5.1.
 */
export function maxNorm(config: { limit: number }): MaxNorm {
  return new MaxNorm(config);
}
