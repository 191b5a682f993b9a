import type * as tf from '@tensorflow/tfjs';
import type { Shape } from './errors.js';
import { GanLayer, type LayerConfig } from './layer.js';
import * as ops from './ops/nearestUpsampling2d.js';
import { register } from './register.js';
import { imageChannels, resized, wholeNumber } from './shapes.js';

/** Configuration of {@link nearestUpsampling2d}. */
export interface NearestUpsampling2dConfig extends LayerConfig {
  /** Factor of the height and the width. Default 2. */
  size?: number;
}

/** See {@link nearestUpsampling2d}. */
export class NearestUpsampling2d extends GanLayer<{ size: number }> {
  static override readonly className = 'Ganjs>NearestUpsampling2d';

  constructor(config: NearestUpsampling2dConfig = {}) {
    super(config, { size: wholeNumber('nearestUpsampling2d', 'size', config.size ?? 2) });
  }

  protected override checkShapes(shapes: Shape[]): void {
    imageChannels(this.name, shapes);
  }

  protected override shapeOf(shapes: Shape[]): (number | null)[] {
    return resized(shapes[0]!, (n) => n * this.settings.size);
  }

  protected override forward([x]: tf.Tensor[]): tf.Tensor {
    return ops.nearestUpsampling2d(x as tf.Tensor4D, this.settings.size);
  }
}
register(NearestUpsampling2d);

/**
 * Nearest-neighbour upsampling: each pixel becomes a size × size block. Its gradient is right for batches on
 * every backend and to any order (see `ops.nearestUpsampling2d`), unlike that of `tf.layers.upSampling2d`.
 *
 * Input: float32 [batch, height, width, channels].
 * Output: float32 [batch, size·height, size·width, channels].
 *
 * @throws LayerShapeError unless the input is images.
 */
export function nearestUpsampling2d(config?: NearestUpsampling2dConfig): NearestUpsampling2d {
  return new NearestUpsampling2d(config);
}
