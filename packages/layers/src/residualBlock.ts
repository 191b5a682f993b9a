import * as tf from '@tensorflow/tfjs';
import { ambientGlorotUniform } from './ambientInitializers.js';
import { LayerConfigError, LayerShapeError, type Shape } from './errors.js';
import { type Initializer, type InitializerConfig, initializerAt, initializerOf } from './initializer.js';
import { type CallArguments, GanLayer, type LayerConfig } from './layer.js';
import { copyOf, layerOf, type NestedLayer, nestedConv } from './nested.js';
import { averagePooling2d, nearestUpsampling2d } from './ops/nearestUpsampling2d.js';
import type { Resample } from './ops/resampledConv2d.js';
import { register } from './register.js';
import { imageChannels, resized, wholeNumber } from './shapes.js';

/** Configuration of {@link residualBlock}. */
export interface ResidualBlockConfig extends LayerConfig {
  /** Output channels. */
  filters: number;
  /** Channels between the two convolutions; null (the default) for `filters`. */
  hiddenFilters?: number | null;
  /** Nearest upsampling before the first convolution, average pooling after the second, or neither (default). */
  resample?: Resample;
  /** Begin with normalization and activation; false for the first block of a discriminator. Default true. */
  preactivation?: boolean;
  /**
   * A template for the layer before each activation, of which every position gets its own copy; null for
   * none. A conditional one receives [x, condition], where condition is the block's second input.
   */
  norm?: NestedLayer | null;
  /** Slope of the activation for negative inputs; 0, the default, is the ReLU. */
  slope?: number;
  /** Spectrally normalize the convolutions. Default false. */
  spectralNorm?: boolean;
  /** Of the 3×3 convolutions. Default ambientGlorotUniform. */
  kernelInitializer?: InitializerConfig;
  /** Of the 1×1 shortcut. Default ambientGlorotUniform. */
  shortcutInitializer?: InitializerConfig;
}

interface Settings {
  filters: number;
  hiddenFilters: number | null;
  resample: Resample;
  preactivation: boolean;
  norm: tf.layers.Layer | null;
  slope: number;
  spectralNorm: boolean;
  kernelInitializer: Initializer;
  shortcutInitializer: Initializer;
}

/** See {@link residualBlock}. */
export class ResidualBlock extends GanLayer<Settings> {
  static override readonly className = 'Ganjs>ResidualBlock';

  private first!: tf.layers.Layer;
  private second!: tf.layers.Layer;
  private shortcut?: tf.layers.Layer;
  private readonly normalizations: [tf.layers.Layer?, tf.layers.Layer?] = [];

  constructor(config: ResidualBlockConfig) {
    const { hiddenFilters = null, resample = 'none', norm = null } = config;
    if (!['none', 'up', 'down'].includes(resample))
      throw new LayerConfigError('residualBlock', 'resample', "'none', 'up' or 'down'", resample);
    if (hiddenFilters !== null) wholeNumber('residualBlock', 'hiddenFilters', hiddenFilters);
    const glorot = ambientGlorotUniform();
    super(config, {
      filters: wholeNumber('residualBlock', 'filters', config.filters),
      hiddenFilters,
      resample,
      preactivation: config.preactivation ?? true,
      norm: norm && layerOf(norm),
      slope: config.slope ?? 0,
      spectralNorm: config.spectralNorm ?? false,
      kernelInitializer: initializerOf(config.kernelInitializer, glorot),
      shortcutInitializer: initializerOf(config.shortcutInitializer, glorot),
    });
  }

  protected override checkShapes(shapes: Shape[]): void {
    imageChannels(this.name, shapes.slice(0, 1));
    const odd = shapes[0]!.slice(1, 3).some((n) => n !== null && n % 2 !== 0);
    if (this.settings.resample === 'down' && odd)
      throw new LayerShapeError(this.name, 'an even height and width, to halve them', shapes);
  }

  protected override createWeights([shape, condition]: Shape[]): void {
    const { filters, hiddenFilters, resample, preactivation, norm: template } = this.settings;
    const { kernelInitializer, shortcutInitializer, spectralNorm: spectral } = this.settings;
    const channels = shape![3]!;
    const hidden = hiddenFilters ?? filters;
    const middle =
      resample === 'up' ? resized(shape!, (n) => 2 * n, hidden) : [...shape!.slice(0, 3), hidden];
    const conv = (name: string, width: number, kernelSize: number, initializer: Initializer) =>
      nestedConv({
        name,
        filters: width,
        kernelSize,
        kernelInitializer: initializer,
        useBias: true,
        spectral,
      });
    const norm = (name: string, at: Shape) => {
      if (!template) return undefined;
      const layer = copyOf(template, name);
      this.adopt(layer, condition ? [at, condition] : at);
      return layer;
    };
    this.normalizations[0] = preactivation ? norm('norm_1', shape!) : undefined;
    this.first = conv('conv_1', hidden, 3, initializerAt(kernelInitializer, 0));
    this.adopt(this.first, [...middle.slice(0, 3), channels]);
    this.normalizations[1] = norm('norm_2', middle);
    this.second = conv('conv_2', filters, 3, initializerAt(kernelInitializer, 1));
    this.adopt(this.second, middle);
    if (channels === filters && resample === 'none') return;
    this.shortcut = conv('shortcut', filters, 1, initializerAt(shortcutInitializer, 2));
    this.adopt(this.shortcut, shape!);
  }

  protected override shapeOf([shape]: Shape[]): (number | null)[] {
    const { resample, filters } = this.settings;
    const factor = { up: 2, down: 0.5, none: 1 }[resample];
    return resized(shape!, (n) => n * factor, filters);
  }

  protected override forward([x, condition]: tf.Tensor[], args: CallArguments): tf.Tensor {
    const { resample, preactivation } = this.settings;
    const up = (v: tf.Tensor) => (resample === 'up' ? nearestUpsampling2d(v as tf.Tensor4D, 2) : v);
    const down = (v: tf.Tensor) => (resample === 'down' ? averagePooling2d(v as tf.Tensor4D, 2) : v);
    const run = (layer: tf.layers.Layer, v: tf.Tensor) => layer.call(v, args) as tf.Tensor;
    const activate = (v: tf.Tensor, norm: tf.layers.Layer | undefined) =>
      this.activation(norm ? (norm.call(condition ? [v, condition] : v, args) as tf.Tensor) : v);

    const begun = preactivation ? activate(x!, this.normalizations[0]) : x!;
    const hidden = run(this.first, up(begun));
    const residual = down(run(this.second, activate(hidden, this.normalizations[1])));
    // A 1×1 convolution and a resampling commute; it runs on the smaller of the two images.
    const short = this.shortcut ? up(run(this.shortcut, down(x!))) : x!;
    return tf.add(short, residual);
  }

  private activation(v: tf.Tensor): tf.Tensor {
    const { slope } = this.settings;
    return slope === 0 ? tf.relu(v) : tf.leakyRelu(v, slope);
  }
}
register(ResidualBlock);

/**
 * A residual block of two 3×3 convolutions, as in SNGAN, SAGAN, BigGAN and the ResNets of WGAN-GP:
 *
 *     y = shortcut(x) + down(conv(act(norm(conv(up(act(norm(x)))))))),
 *
 * where up is nearest upsampling by 2, down average pooling by 2, and the shortcut a 1×1 convolution with the same
 * resampling, or the identity when neither the size nor the channels change. `preactivation: false` leaves out
 * the first normalization and activation.
 *
 * Inputs: float32 [batch, height, width, channels], and with a conditional normalization the condition as
 * second input. Output: float32 [batch, h, w, filters], h being height, 2·height or height/2.
 *
 * @throws LayerShapeError for an odd image that is to be halved; LayerConfigError for an unknown resampling.
 * @source He et al., Identity mappings (2016); Miyato et al. (2018), appendix B.4.
 */
export function residualBlock(config: ResidualBlockConfig): ResidualBlock {
  return new ResidualBlock(config);
}
