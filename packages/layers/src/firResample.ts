import type * as tf from '@tensorflow/tfjs';
import { LayerConfigError, type Shape } from './errors.js';
import { GanLayer, type LayerConfig } from './layer.js';
import {
  downsamplePadding,
  type FirFilter,
  normalizeFilter,
  upfirdn2d,
  upsamplePadding,
} from './ops/upfirdn2d.js';
import { register } from './register.js';
import { imageChannels, resized, wholeNumber } from './shapes.js';

/** Configuration of {@link firResample}. */
export interface FirResampleConfig extends LayerConfig {
  /** Upsampling factor. Default 1. */
  up?: number;
  /** Downsampling factor. Default 1; one of the two factors is 1. */
  down?: number;
  /** Low-pass filter; normalized to sum 1. Default [1, 3, 3, 1] (StyleGAN2); StyleGAN blurs with [1, 2, 1]. */
  filter?: FirFilter;
}

/** See {@link firResample}. */
export class FirResample extends GanLayer<{ up: number; down: number; filter: FirFilter }> {
  static override readonly className = 'Ganjs>FirResample';

  constructor(config: FirResampleConfig = {}) {
    const { up = 1, down = 1, filter = [1, 3, 3, 1] } = config;
    wholeNumber('firResample', 'up', up);
    wholeNumber('firResample', 'down', down);
    if (up > 1 && down > 1) throw new LayerConfigError('firResample', 'down', `1 where up is ${up}`, down);
    super(config, { up, down, filter });
  }

  protected override checkShapes(shapes: Shape[]): void {
    imageChannels(this.name, shapes);
  }

  protected override shapeOf(shapes: Shape[]): (number | null)[] {
    const { up, down } = this.settings;
    return resized(shapes[0]!, (n) => Math.floor((n * up) / down));
  }

  protected override forward([x]: tf.Tensor[]): tf.Tensor {
    const { up, down, filter } = this.settings;
    const taps = filter.length;
    const padding = down > 1 ? downsamplePadding(taps, down) : upsamplePadding(taps, up);
    return upfirdn2d(x as tf.Tensor4D, normalizeFilter(filter), { up, down, padding, gain: up * up });
  }
}
register(FirResample);

/**
 * FIR resampling: blurs (the default), upsamples or downsamples every channel with a low-pass filter and zero
 * padding, by `ops.upfirdn2d`. Upsampling keeps the brightness (gain up²).
 *
 * Input: float32 [batch, height, width, channels].
 * Output: float32 [batch, ⌊height·up/down⌋, ⌊width·up/down⌋, channels].
 *
 * @throws LayerShapeError unless the input is images; LayerConfigError unless one of the factors is 1.
 * @source Zhang, Making convolutional networks shift-invariant again (2019); Karras et al., StyleGAN2 (2020).
 */
export function firResample(config?: FirResampleConfig): FirResample {
  return new FirResample(config);
}
