import * as tf from '@tensorflow/tfjs';
import { dropout } from './dropout.js';
import { LayerShapeError, type Shape } from './errors.js';
import { type CallArguments, GanLayer } from './layer.js';
import { copyOf } from './nested.js';
import { register } from './register.js';
import { imageChannels, resized } from './shapes.js';
import { blockSettings, FOUR_BY_FOUR, type UnetBlockConfig, type UnetBlockSettings } from './unetBlock.js';

/** Configuration of {@link unetUp}. */
export interface UnetUpConfig extends UnetBlockConfig {
  /** Dropout after the normalization, in [0, 1). Default 0. */
  dropoutRate?: number;
}

/** See {@link unetUp}. */
export class UnetUp extends GanLayer<UnetBlockSettings & { dropoutRate: number }> {
  static override readonly className = 'Ganjs>UnetUp';

  private conv!: tf.layers.Layer;
  private norm?: tf.layers.Layer;
  private readonly dropout: tf.layers.Layer;

  constructor(config: UnetUpConfig) {
    const { dropoutRate = 0 } = config;
    super(config, { ...blockSettings('unetUp', config), dropoutRate });
    this.dropout = dropout({ rate: dropoutRate });
  }

  protected override checkShapes(shapes: Shape[]): void {
    imageChannels(this.name, shapes.slice(0, 1));
    const [x, skip] = shapes;
    const doubled = (axis: number) =>
      x![axis] == null || skip?.[axis] == null || skip[axis] === 2 * x![axis]!;
    if (skip && (skip.length !== 4 || !skip[3] || !doubled(1) || !doubled(2)))
      throw new LayerShapeError(this.name, 'a skip connection twice as high and wide as the input', shapes);
  }

  protected override createWeights([shape]: Shape[]): void {
    const { filters, norm, kernelInitializer, useBias } = this.settings;
    const config = { ...FOUR_BY_FOUR, filters, kernelInitializer, useBias, name: 'conv' };
    this.conv = tf.layers.conv2dTranspose(config);
    const out = this.adopt(this.conv, shape!);
    if (!norm) return;
    this.norm = copyOf(norm, 'norm');
    this.adopt(this.norm, out);
  }

  protected override shapeOf([shape, skip]: Shape[]): (number | null)[] {
    return resized(shape!, (n) => 2 * n, this.settings.filters + (skip?.[3] ?? 0));
  }

  protected override forward([x, skip]: tf.Tensor[], args: CallArguments): tf.Tensor {
    const up = this.conv.call(tf.relu(x!), args);
    const normalized = this.norm ? this.norm.call(up, args) : up;
    const y = this.dropout.call(normalized, args) as tf.Tensor;
    return skip ? tf.concat([y, skip], 3) : y;
  }
}
register(UnetUp);

/**
 * The decoder step of a U-Net: ReLU, 4×4 transposed convolution with stride 2, normalization, dropout, then the
 * skip connection is appended to the channels.
 *
 * Inputs: float32 [batch, height, width, channels], and optionally the skip connection [batch, 2·height,
 * 2·width, c]. Output: float32 [batch, 2·height, 2·width, filters + c].
 *
 * @throws LayerShapeError when the skip connection is not twice as large.
 * @source Isola et al., pix2pix (2017), section 6.1.
 */
export function unetUp(config: UnetUpConfig): UnetUp {
  return new UnetUp(config);
}
