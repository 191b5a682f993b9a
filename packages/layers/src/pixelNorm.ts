import * as tf from '@tensorflow/tfjs';
import { GanLayer, type LayerConfig } from './layer.js';
import { register } from './register.js';

/** Configuration of {@link pixelNorm}. */
export interface PixelNormConfig extends LayerConfig {
  /** Added to the mean square. Default 1e-8. */
  epsilon?: number;
}

/** See {@link pixelNorm}. */
export class PixelNorm extends GanLayer<{ epsilon: number }> {
  static override readonly className = 'Ganjs>PixelNorm';

  constructor(config: PixelNormConfig = {}) {
    super(config, { epsilon: config.epsilon ?? 1e-8 });
  }

  protected override forward([x]: tf.Tensor[]): tf.Tensor {
    const power = tf.mean(tf.square(x!), -1, true);
    return tf.mul(x!, tf.rsqrt(tf.add(power, this.settings.epsilon)));
  }
}
register(PixelNorm);

/**
 * Pixelwise feature normalization: y = x / √(mean over channels of x² + ε). Also known as second-moment
 * normalization, when applied to latents.
 *
 * Input and output: float32 [batch, ..., channels].
 *
 * @source Karras et al., Progressive growing (2018), section 4.2.
 */
export function pixelNorm(config?: PixelNormConfig): PixelNorm {
  return new PixelNorm(config);
}
