import * as tf from '@tensorflow/tfjs';
import { LayerShapeError, type Shape } from './errors.js';
import { type CallArguments, GanLayer } from './layer.js';
import { copyOf } from './nested.js';
import { register } from './register.js';
import { imageChannels, resized } from './shapes.js';
import { blockSettings, FOUR_BY_FOUR, type UnetBlockConfig, type UnetBlockSettings } from './unetBlock.js';

/** Configuration of {@link unetDown}. */
export interface UnetDownConfig extends UnetBlockConfig {
  /** Begin with a leaky ReLU; false for the first block, which sees the image. Default true. */
  activation?: boolean;
  /** Slope of the leaky ReLU. Default 0.2. */
  slope?: number;
}

/** See {@link unetDown}. */
export class UnetDown extends GanLayer<UnetBlockSettings & { activation: boolean; slope: number }> {
  static override readonly className = 'Ganjs>UnetDown';

  private conv!: tf.layers.Layer;
  private norm?: tf.layers.Layer;

  constructor(config: UnetDownConfig) {
    super(config, {
      ...blockSettings('unetDown', config),
      activation: config.activation ?? true,
      slope: config.slope ?? 0.2,
    });
  }

  protected override checkShapes(shapes: Shape[]): void {
    imageChannels(this.name, shapes);
    if (shapes[0]!.slice(1, 3).some((n) => n !== null && n % 2 !== 0))
      throw new LayerShapeError(this.name, 'an even height and width, to halve them', shapes);
  }

  protected override createWeights([shape]: Shape[]): void {
    const { filters, norm, kernelInitializer, useBias } = this.settings;
    this.conv = tf.layers.conv2d({ ...FOUR_BY_FOUR, filters, kernelInitializer, useBias, name: 'conv' });
    const out = this.adopt(this.conv, shape!);
    if (!norm) return;
    this.norm = copyOf(norm, 'norm');
    this.adopt(this.norm, out);
  }

  protected override shapeOf([shape]: Shape[]): (number | null)[] {
    return resized(shape!, (n) => n / 2, this.settings.filters);
  }

  protected override forward([x]: tf.Tensor[], args: CallArguments): tf.Tensor {
    const { activation, slope } = this.settings;
    const y = this.conv.call(activation ? tf.leakyRelu(x!, slope) : x!, args);
    return (this.norm ? this.norm.call(y, args) : y) as tf.Tensor;
  }
}
register(UnetDown);

/**
 * The encoder step of a U-Net: leaky ReLU, 4×4 convolution with stride 2, normalization.
 *
 * Input: float32 [batch, height, width, channels], even. Output: float32 [batch, height/2, width/2, filters]: it goes
 * to the next step and, as skip connection, to the decoder.
 *
 * @throws LayerShapeError for an odd height or width.
 * @source Isola et al., pix2pix (2017), section 6.1.
 */
export function unetDown(config: UnetDownConfig): UnetDown {
  return new UnetDown(config);
}
