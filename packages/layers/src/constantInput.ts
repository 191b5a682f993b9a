import * as tf from '@tensorflow/tfjs';
import { ambientNormal } from './ambientInitializers.js';
import type { Shape } from './errors.js';
import { type Initializer, type InitializerConfig, initializerOf } from './initializer.js';
import { GanLayer, type LayerConfig, type Weight } from './layer.js';
import { register } from './register.js';
import { wholeNumber } from './shapes.js';

/** Configuration of {@link constantInput}. */
export interface ConstantInputConfig extends LayerConfig {
  /** Height and width. Default 4. */
  size?: number;
  /** Number of channels. */
  channels: number;
  /** Default ambientNormal with mean 0 and deviation 1 (StyleGAN2); StyleGAN starts with ones. */
  initializer?: InitializerConfig;
}

/** See {@link constantInput}. */
export class ConstantInput extends GanLayer<{ size: number; channels: number; initializer: Initializer }> {
  static override readonly className = 'Ganjs>ConstantInput';

  private constant!: Weight;

  constructor(config: ConstantInputConfig) {
    super(config, {
      size: wholeNumber('constantInput', 'size', config.size ?? 4),
      channels: wholeNumber('constantInput', 'channels', config.channels),
      initializer: initializerOf(config.initializer, ambientNormal({ mean: 0, deviation: 1 })),
    });
  }

  protected override createWeights(): void {
    const { size, channels, initializer } = this.settings;
    this.constant = this.addWeight('constant', [1, size, size, channels], 'float32', initializer);
  }

  protected override shapeOf(shapes: Shape[]): (number | null)[] {
    const { size, channels } = this.settings;
    return [shapes[0]![0]!, size, size, channels];
  }

  protected override forward([x]: tf.Tensor[]): tf.Tensor {
    return tf.mul(tf.ones([x!.shape[0]!, 1, 1, 1]), this.constant.read());
  }
}
register(ConstantInput);

/**
 * A learned constant in place of an input: the same image of features for every sample.
 *
 * Input: any tensor [batch, ...], of which only the batch size is used (the latent, say).
 * Output: float32 [batch, size, size, channels].
 *
 * @source Karras et al., StyleGAN (2019), section 2.
 */
export function constantInput(config: ConstantInputConfig): ConstantInput {
  return new ConstantInput(config);
}
