import * as tf from '@tensorflow/tfjs';
import { LayerConfigError } from './errors.js';
import { type CallArguments, GanLayer, type LayerConfig, type Weight } from './layer.js';
import { register } from './register.js';

/** Configuration of {@link emaMagnitude}. */
export interface EmaMagnitudeConfig extends LayerConfig {
  /** Weight of the past, in [0, 1). Default 0.999; StyleGAN3 uses 0.5^(batch / 20000). */
  decay?: number;
}

/** See {@link emaMagnitude}. */
export class EmaMagnitude extends GanLayer<{ decay: number }> {
  static override readonly className = 'Ganjs>EmaMagnitude';

  private magnitude!: Weight;

  constructor(config: EmaMagnitudeConfig = {}) {
    const { decay = 0.999 } = config;
    if (!(decay >= 0 && decay < 1)) throw new LayerConfigError('emaMagnitude', 'decay', 'in [0, 1)', decay);
    super(config, { decay });
  }

  protected override createWeights(): void {
    this.magnitude = this.addWeight('magnitude', [], 'float32', tf.initializers.ones(), undefined, false);
  }

  protected override forward([x]: tf.Tensor[], { training }: CallArguments): tf.Tensor {
    const { decay } = this.settings;
    if (training) {
      const now = tf.mean(tf.square(x!));
      this.magnitude.write(tf.add(tf.mul(this.magnitude.read(), decay), tf.mul(now, 1 - decay)));
    }
    return tf.mul(x!, tf.rsqrt(this.magnitude.read()));
  }
}
register(EmaMagnitude);

/**
 * Divides by the root of a moving average of the mean square, a constant to the gradient:
 * m ← decay · m + (1 - decay) · mean(x²) when called with `{ training: true }`; y = x / √m. It starts at 1.
 *
 * Input and output: float32, any shape.
 *
 * @throws LayerConfigError for a decay out of range.
 * @source Karras et al., Alias-free GAN (2021), section 3.1.
 */
export function emaMagnitude(config?: EmaMagnitudeConfig): EmaMagnitude {
  return new EmaMagnitude(config);
}
