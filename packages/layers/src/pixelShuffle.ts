import type * as tf from '@tensorflow/tfjs';
import { LayerConfigError, LayerShapeError, type Shape } from './errors.js';
import { GanLayer, type LayerConfig } from './layer.js';
import * as ops from './ops/pixelShuffle.js';
import { register } from './register.js';
import { imageChannels, resized, wholeNumber } from './shapes.js';

/** Configuration of {@link pixelShuffle}. */
export interface PixelShuffleConfig extends LayerConfig {
  /** Factor r of the height and the width. */
  scale: number;
  /** Layout of the channels. Default `'pytorch'`. */
  order?: ops.PixelShuffleOrder;
}

/** See {@link pixelShuffle}. */
export class PixelShuffle extends GanLayer<{ scale: number; order: ops.PixelShuffleOrder }> {
  static override readonly className = 'Ganjs>PixelShuffle';

  constructor(config: PixelShuffleConfig) {
    const { order = 'pytorch' } = config;
    if (!['pytorch', 'tensorflow'].includes(order))
      throw new LayerConfigError('pixelShuffle', 'order', "'pytorch' or 'tensorflow'", order);
    super(config, { scale: wholeNumber('pixelShuffle', 'scale', config.scale), order });
  }

  protected override checkShapes(shapes: Shape[]): void {
    const square = this.settings.scale ** 2;
    if (imageChannels(this.name, shapes) % square !== 0)
      throw new LayerShapeError(this.name, `channels that are a multiple of scale² = ${square}`, shapes);
  }

  protected override shapeOf(shapes: Shape[]): (number | null)[] {
    const { scale } = this.settings;
    return resized(shapes[0]!, (n) => n * scale, shapes[0]![3]! / scale ** 2);
  }

  protected override forward([x]: tf.Tensor[]): tf.Tensor {
    return ops.pixelShuffle(x as tf.Tensor4D, this.settings.scale, this.settings.order);
  }
}
register(PixelShuffle);

/**
 * Pixel shuffle, or sub-pixel convolution: moves blocks of scale² channels into space (see `ops.pixelShuffle`).
 *
 * Input: float32 [batch, height, width, channels·scale²].
 * Output: float32 [batch, scale·height, scale·width, channels].
 *
 * @throws LayerShapeError unless the channels are a multiple of scale².
 * @source Shi et al., Real-time single image and video super-resolution (2016).
 */
export function pixelShuffle(config: PixelShuffleConfig): PixelShuffle {
  return new PixelShuffle(config);
}
