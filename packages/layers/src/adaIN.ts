import * as tf from '@tensorflow/tfjs';
import { LayerShapeError, type Shape } from './errors.js';
import { GanLayer, type LayerConfig } from './layer.js';
import { normalize } from './ops/normalize.js';
import { register } from './register.js';
import { imageChannels } from './shapes.js';

/** Configuration of {@link adaIN}. */
export interface AdaINConfig extends LayerConfig {
  /** Added to the variance. Default 1e-8. */
  epsilon?: number;
}

/** See {@link adaIN}. */
export class AdaIN extends GanLayer<{ epsilon: number }> {
  static override readonly className = 'Ganjs>AdaIN';

  constructor(config: AdaINConfig = {}) {
    super(config, { epsilon: config.epsilon ?? 1e-8 });
  }

  protected override checkShapes(shapes: Shape[]): void {
    const channels = imageChannels(this.name, shapes.slice(0, 1));
    const style = shapes[1];
    if (shapes.length !== 2 || style?.length !== 2 || style[1] !== 2 * channels)
      throw new LayerShapeError(
        this.name,
        `[images, style] with a style [batch, ${2 * channels}]: a scale and an offset per channel`,
        shapes,
      );
  }

  protected override forward([x, style]: tf.Tensor[]): tf.Tensor {
    const channels = x!.shape[3]!;
    const [scale, offset] = tf.split(style!.reshape([-1, 1, 1, 2 * channels]), 2, 3);
    const normalized = normalize(x!, [1, 2], this.settings.epsilon);
    return tf.add(tf.mul(normalized, tf.add(scale!, 1)), offset!);
  }
}
register(AdaIN);

/**
 * Adaptive instance normalization: y = (1 + s) · (x - μ) / σ + b, with μ, σ over height and width (biased
 * variance plus ε) and a style vector [s, b], usually `equalizedDense({ units: 2 * channels })` of the latent.
 *
 * Inputs: images float32 [batch, height, width, channels], style float32 [batch, 2·channels] (scales first).
 * Output: the shape of the images.
 *
 * @throws LayerShapeError when the style is not twice as wide as the channels.
 * @source Huang and Belongie (2017), equation 8; Karras et al., StyleGAN (2019), equation 1, with the 1 that
 * its code adds so that a zero style changes nothing.
 */
export function adaIN(config?: AdaINConfig): AdaIN {
  return new AdaIN(config);
}
