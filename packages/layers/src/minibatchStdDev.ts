import type * as tf from '@tensorflow/tfjs';
import type { Shape } from './errors.js';
import { GanLayer, type LayerConfig } from './layer.js';
import * as ops from './ops/minibatchStdDev.js';
import { register } from './register.js';
import { imageChannels, wholeNumber } from './shapes.js';

/** Configuration of {@link minibatchStdDev}. */
export interface MinibatchStdDevConfig extends LayerConfig, ops.MinibatchStdDevOptions {}

/** See {@link minibatchStdDev}. */
export class MinibatchStdDev extends GanLayer<Required<ops.MinibatchStdDevOptions>> {
  static override readonly className = 'Ganjs>MinibatchStdDev';

  constructor(config: MinibatchStdDevConfig = {}) {
    super(config, {
      groupSize: wholeNumber('minibatchStdDev', 'groupSize', config.groupSize ?? 4),
      features: wholeNumber('minibatchStdDev', 'features', config.features ?? 1),
    });
  }

  protected override checkShapes(shapes: Shape[]): void {
    imageChannels(this.name, shapes);
  }

  protected override shapeOf(shapes: Shape[]): (number | null)[] {
    const channels = imageChannels(this.name, shapes);
    return [...shapes[0]!.slice(0, 3), channels + this.settings.features];
  }

  protected override forward([x]: tf.Tensor[]): tf.Tensor {
    return ops.minibatchStdDev(x as tf.Tensor4D, this.settings);
  }
}
register(MinibatchStdDev);

/**
 * The layer of `ops.minibatchStdDev`: appends the standard deviation over groups of samples as feature maps,
 * before the last convolution of a ProGAN or StyleGAN discriminator.
 *
 * Input: float32 [N, height, width, channels], N a multiple of min(groupSize, N).
 * Output: float32 [N, height, width, channels + features].
 *
 * @throws LayerShapeError when the batch or the channels cannot be split.
 * @source Karras et al., Progressive growing (2018), section 3.
 */
export function minibatchStdDev(config?: MinibatchStdDevConfig): MinibatchStdDev {
  return new MinibatchStdDev(config);
}
