import { ambientStream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { LayerConfigError } from './errors.js';
import { type CallArguments, GanLayer, type LayerConfig } from './layer.js';
import { register } from './register.js';

/** Configuration of {@link dropout}. */
export interface DropoutConfig extends LayerConfig {
  /** Probability of dropping a value, in [0, 1). */
  rate: number;
}

/** See {@link dropout}. */
export class Dropout extends GanLayer<{ rate: number }> {
  static override readonly className = 'Ganjs>Dropout';

  constructor(config: DropoutConfig) {
    if (!(config.rate >= 0 && config.rate < 1))
      throw new LayerConfigError('dropout', 'rate', 'in [0, 1)', config.rate);
    super(config, { rate: config.rate });
    this.supportsMasking = true;
  }

  protected override forward([x]: tf.Tensor[], { training }: CallArguments): tf.Tensor {
    const { rate } = this.settings;
    if (!training || rate === 0) return x!.clone();
    const keep = 1 - rate;
    return x!.mul(tf.tensor(ambientStream().mask(x!.size, keep, 1 / keep), x!.shape));
  }
}
register(Dropout);

/**
 * Inverted dropout: y = x · m / (1 - rate) with m ~ Bernoulli(1 - rate) when called with
 * `{ training: true }`, y = x otherwise.
 *
 * The mask comes from the ambient stream of `@ganjs/random` (see `withStream`), so that a seeded run repeats
 * and each step draws a new mask; `tf.layers.dropout` draws from `Math.random`, or the same mask every time
 * when it is given a seed.
 *
 * Input and output: float32, any shape.
 *
 * @throws LayerConfigError unless 0 <= rate < 1.
 * @source Srivastava et al., Dropout (2014).
 */
export function dropout(config: DropoutConfig): Dropout {
  return new Dropout(config);
}
