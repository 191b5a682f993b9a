import * as tf from '@tensorflow/tfjs';
import { dropout } from './dropout.js';
import { LayerShapeError, type Shape } from './errors.js';
import { type Initializer, type InitializerConfig, initializerOf } from './initializer.js';
import { type CallArguments, GanLayer, type LayerConfig, register } from './layer.js';
import { copyOf, layerOf, type NestedLayer } from './nested.js';
import { imageChannels, resized, wholeNumber } from './shapes.js';

/** What {@link unetDown} and {@link unetUp} share. */
export interface UnetBlockConfig extends LayerConfig {
  /** Output channels of the convolution. */
  filters: number;
  /** A template for the layer after the convolution; null for none. Default null. */
  normalization?: NestedLayer | null;
  /** Default randomNormal with mean 0 and deviation 0.02. */
  kernelInitializer?: InitializerConfig;
  /** Default true; leave it out in front of a normalization. */
  useBias?: boolean;
}

interface UnetBlockSettings {
  filters: number;
  normalization: tf.layers.Layer | null;
  kernelInitializer: Initializer;
  useBias: boolean;
}

function blockSettings(layer: string, config: UnetBlockConfig): UnetBlockSettings {
  const { normalization = null } = config;
  return {
    filters: wholeNumber(layer, 'filters', config.filters),
    normalization: normalization && layerOf(normalization),
    kernelInitializer: initializerOf(
      config.kernelInitializer,
      tf.initializers.randomNormal({ mean: 0, stddev: 0.02 }),
    ),
    useBias: config.useBias ?? true,
  };
}

const FOUR_BY_FOUR = { kernelSize: 4, strides: 2, padding: 'same' } as const;

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
    const { filters, normalization, kernelInitializer, useBias } = this.settings;
    this.conv = tf.layers.conv2d({ ...FOUR_BY_FOUR, filters, kernelInitializer, useBias, name: 'conv' });
    const out = this.adopt(this.conv, shape!);
    if (!normalization) return;
    this.norm = copyOf(normalization, 'norm');
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
    const { filters, normalization, kernelInitializer, useBias } = this.settings;
    const config = { ...FOUR_BY_FOUR, filters, kernelInitializer, useBias, name: 'conv' };
    this.conv = tf.layers.conv2dTranspose(config);
    const out = this.adopt(this.conv, shape!);
    if (!normalization) return;
    this.norm = copyOf(normalization, 'norm');
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
 * The encoder step of a U-Net: leaky ReLU, 4×4 convolution with stride 2, normalization.
 *
 * Input: float32 [batch, height, width, channels], even. Output: float32 [batch, height/2, width/2, filters]: it goes
 * to the next step and, as skip connection, to the decoder.
 *
 * @throws LayerShapeError for an odd height or width.
 * Source: Isola et al., pix2pix (2017), section 6.1.
 */
export function unetDown(config: UnetDownConfig): UnetDown {
  return new UnetDown(config);
}

/**
 * The decoder step of a U-Net: ReLU, 4×4 transposed convolution with stride 2, normalization, dropout, then the
 * skip connection is appended to the channels.
 *
 * Inputs: float32 [batch, height, width, channels], and optionally the skip connection [batch, 2·height,
 * 2·width, c]. Output: float32 [batch, 2·height, 2·width, filters + c].
 *
 * @throws LayerShapeError when the skip connection is not twice as large.
 * Source: Isola et al., pix2pix (2017), section 6.1.
 */
export function unetUp(config: UnetUpConfig): UnetUp {
  return new UnetUp(config);
}
