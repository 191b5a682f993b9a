import type * as tf from '@tensorflow/tfjs';
import { LayerShapeError, type Shape } from './errors.js';
import { GanLayer, type LayerConfig } from './layer.js';
import * as ops from './ops/filteredLeakyRelu.js';
import { register } from './register.js';
import { imageChannels, resized, wholeNumber } from './shapes.js';

/** Configuration of {@link filteredLeakyRelu}. */
export interface FilteredLeakyReluConfig extends LayerConfig, ops.FilteredLeakyReluOptions {}

/** See {@link filteredLeakyRelu}. */
export class FilteredLeakyRelu extends GanLayer<Required<ops.FilteredLeakyReluOptions>> {
  static override readonly className = 'Ganjs>FilteredLeakyRelu';

  constructor(config: FilteredLeakyReluConfig) {
    const { upFilter, downFilter, padding, slope = 0.2, gain = Math.SQRT2, clamp = 256 } = config;
    const up = wholeNumber('filteredLeakyRelu', 'up', config.up);
    const down = wholeNumber('filteredLeakyRelu', 'down', config.down);
    super(config, { upFilter, downFilter, up, down, padding, slope, gain, clamp });
  }

  protected override checkShapes(shapes: Shape[]): void {
    imageChannels(this.name, shapes);
  }

  protected override shapeOf(shapes: Shape[]): (number | null)[] {
    const { upFilter, downFilter, up, down, padding } = this.settings;
    return resized(shapes[0]!, (n) => {
      const high = n * up + padding[0] + padding[1] - upFilter.length - downFilter.length + 1;
      if (high < 0)
        throw new LayerShapeError(
          this.name,
          `images that hold ${upFilter.length} + ${downFilter.length} taps after padding by ${padding.join(' and ')}`,
          shapes,
        );
      return Math.floor(high / down) + 1;
    });
  }

  protected override forward([x]: tf.Tensor[]): tf.Tensor {
    return ops.filteredLeakyRelu(x as tf.Tensor4D, this.settings);
  }
}
register(FilteredLeakyRelu);

/**
 * The layer of `ops.filteredLeakyRelu`, the alias-free nonlinearity of StyleGAN3. Filters come from
 * `ops.lowpassFilter` (or `ops.radialLowpassFilter`) and are saved with the model.
 *
 * Input: float32 [batch, height, width, channels], bias already added. Output: float32 [batch, h, w, channels].
 *
 * @throws LayerShapeError when the filters are longer than the padded image.
 * @source Karras et al., Alias-free GAN (2021), section 3.2.
 */
export function filteredLeakyRelu(config: FilteredLeakyReluConfig): FilteredLeakyRelu {
  return new FilteredLeakyRelu(config);
}
