import { ambientStream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { LayerShapeError, type Shape } from './errors.js';
import { type Initializer, type InitializerConfig, initializerOf } from './initializer.js';
import { GanLayer, type LayerConfig, type Weight } from './layer.js';
import { register } from './register.js';
import { imageChannels } from './shapes.js';

/** Configuration of {@link noiseInjection}. */
export interface NoiseInjectionConfig extends LayerConfig {
  /** One strength a channel (StyleGAN) instead of one in all (StyleGAN2). Default false. */
  perChannel?: boolean;
  /** Default zeros. */
  strengthInitializer?: InitializerConfig;
}

/** See {@link noiseInjection}. */
export class NoiseInjection extends GanLayer<{ perChannel: boolean; strengthInitializer: Initializer }> {
  static override readonly className = 'Ganjs>NoiseInjection';

  private strength!: Weight;

  constructor(config: NoiseInjectionConfig = {}) {
    super(config, {
      perChannel: config.perChannel ?? false,
      strengthInitializer: initializerOf(config.strengthInitializer, tf.initializers.zeros()),
    });
  }

  protected override checkShapes(shapes: Shape[]): void {
    imageChannels(this.name, shapes.slice(0, 1));
    const [x, noise] = shapes;
    const fits = (axis: number) => noise?.[axis] == null || x?.[axis] == null || noise[axis] === x[axis];
    if (noise && (noise.length !== 4 || noise[3] !== 1 || !fits(1) || !fits(2)))
      throw new LayerShapeError(this.name, 'noise [batch, height, width, 1] as large as the images', shapes);
  }

  protected override createWeights(shapes: Shape[]): void {
    const { perChannel, strengthInitializer } = this.settings;
    const shape = perChannel ? [shapes[0]![3]!] : [];
    this.strength = this.addWeight('strength', shape, 'float32', strengthInitializer);
  }

  protected override forward([x, given]: tf.Tensor[]): tf.Tensor {
    const [batch, height, width] = x!.shape as [number, number, number];
    const shape: [number, number, number, number] = [batch, height, width, 1];
    const noise = given ?? tf.tensor4d(ambientStream().normal(batch * height * width), shape);
    return tf.add(x!, tf.mul(noise, this.strength.read()));
  }
}
register(NoiseInjection);

/**
 * Per-pixel noise: y = x + strength · ε, ε ~ N(0, 1) of shape [batch, height, width, 1], in training and
 * inference alike. The noise is the second input when there is one (fixed noise for comparable samples),
 * else it comes from the ambient stream of `@ganjs/random`.
 *
 * Inputs: images float32 [batch, height, width, channels], and optionally noise [batch or 1, height, width, 1].
 * Output: the shape of the images.
 *
 * @throws LayerShapeError when the noise does not fit the images.
 * @source Karras et al., StyleGAN (2019), section 2; StyleGAN2 (2020), section 2.1 for the one strength.
 */
export function noiseInjection(config?: NoiseInjectionConfig): NoiseInjection {
  return new NoiseInjection(config);
}
