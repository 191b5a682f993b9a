import * as tf from '@tensorflow/tfjs';
import { ConstraintBase } from './constraint.js';
import { LayerConfigError } from './errors.js';
import { register } from './register.js';

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

/**
 * Clips every number of a weight to [-limit, limit]: the critic's constraint in WGAN, with limit 0.01.
 *
 * @throws LayerConfigError unless limit > 0.
 * @source Arjovsky et al., Wasserstein GAN (2017), algorithm 1.
 */
export function weightClip(config: { limit: number }): WeightClip {
  return new WeightClip(config);
}
