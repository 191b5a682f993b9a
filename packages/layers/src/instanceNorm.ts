import type * as tf from '@tensorflow/tfjs';
import { normalize } from './ops/normalize.js';
import { register } from './register.js';
import { type AffineConfig, SampleNorm } from './sampleNorm.js';

/** See {@link instanceNorm}. */
export class InstanceNorm extends SampleNorm<object> {
  static override readonly className = 'Ganjs>InstanceNorm';

  constructor(config: AffineConfig = {}) {
    super(config, {});
  }

  protected override normalized(x: tf.Tensor4D): tf.Tensor {
    return normalize(x, [1, 2], this.settings.epsilon);
  }
}
register(InstanceNorm);

/**
 * Instance normalization: each channel of each sample is standardized over height and width;
 * y = γ x̂ + β per channel. Epsilon 1e-5 by default; `scale: false, center: false` is the form without affine.
 *
 * Input and output: float32 [batch, height, width, channels].
 *
 * @source Ulyanov et al., Instance normalization (2016).
 */
export function instanceNorm(config?: AffineConfig): InstanceNorm {
  return new InstanceNorm(config);
}
