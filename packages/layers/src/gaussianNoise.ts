import { ambientStream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { LayerConfigError } from './errors.js';
import { type CallArguments, GanLayer, type LayerConfig } from './layer.js';
import { register } from './register.js';

/** Configuration of {@link gaussianNoise}. */
export interface GaussianNoiseConfig extends LayerConfig {
  /** Standard deviation of the noise, >= 0. */
  deviation: number;
}

/** See {@link gaussianNoise}. */
export class GaussianNoise extends GanLayer<{ deviation: number }> {
  static override readonly className = 'Ganjs>GaussianNoise';

  constructor(config: GaussianNoiseConfig) {
    if (!(config.deviation >= 0 && Number.isFinite(config.deviation)))
      throw new LayerConfigError('gaussianNoise', 'deviation', 'a finite number >= 0', config.deviation);
    super(config, { deviation: config.deviation });
    this.supportsMasking = true;
  }

  protected override forward([x]: tf.Tensor[], { training }: CallArguments): tf.Tensor {
    const { deviation } = this.settings;
    if (!training || deviation === 0) return x!.clone();
    return x!.add(tf.tensor(ambientStream().normal(x!.size, 0, deviation), x!.shape));
  }
}
register(GaussianNoise);

/**
 * Instance noise: y = x + deviation · ε with ε ~ N(0, 1) when called with `{ training: true }`, y = x
 * otherwise. The noise comes from the ambient stream of `@ganjs/random` (see `withStream`).
 *
 * Input and output: float32, any shape.
 *
 * @throws LayerConfigError unless deviation >= 0.
 * @source Sønderby et al., Amortised MAP inference for image super-resolution (2017), section 3.2.
 */
export function gaussianNoise(config: GaussianNoiseConfig): GaussianNoise {
  return new GaussianNoise(config);
}
