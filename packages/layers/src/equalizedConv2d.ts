import * as tf from '@tensorflow/tfjs';
import { type EqualizedConfig, type EqualizedSettings, equalizedSettings } from './equalized.js';
import { LayerConfigError, LayerShapeError, type Shape } from './errors.js';
import { GanLayer, type Weight } from './layer.js';
import { type Resample, resampledConv2d } from './ops/resampledConv2d.js';
import type { FirFilter } from './ops/upfirdn2d.js';
import { register } from './register.js';
import { imageChannels, resized, wholeNumber } from './shapes.js';

/** Size, resampling and padding of a convolution of the StyleGAN family. */
export interface ConvolutionConfig {
  /** Number of output channels. */
  filters: number;
  /** Height and width of the kernel, odd. */
  kernelSize: number;
  /** FIR resampling by 2, fused with the convolution. Default `'none'`. */
  resample?: Resample;
  /** Low-pass filter of the resampling; normalized to sum 1. Default [1, 3, 3, 1]. */
  filter?: FirFilter;
  /** Zero padding on each side: half the kernel (`'same'`, the default), none (`'valid'`), or kernelSize - 1 (`'full'`). */
  padding?: 'same' | 'valid' | 'full';
}

/** The resolved form of {@link ConvolutionConfig}. */
export type ConvolutionSettings = Required<ConvolutionConfig>;

/** Fills in the defaults. Throws a LayerConfigError for values out of range. */
export function convolutionSettings(layer: string, config: ConvolutionConfig): ConvolutionSettings {
  const kernelSize = wholeNumber(layer, 'kernelSize', config.kernelSize);
  if (kernelSize % 2 === 0) throw new LayerConfigError(layer, 'kernelSize', 'odd', kernelSize);
  const { resample = 'none', padding = 'same' } = config;
  if (!['none', 'up', 'down'].includes(resample))
    throw new LayerConfigError(layer, 'resample', "'none', 'up' or 'down'", resample);
  if (!['same', 'valid', 'full'].includes(padding))
    throw new LayerConfigError(layer, 'padding', "'same', 'valid' or 'full'", padding);
  return {
    filters: wholeNumber(layer, 'filters', config.filters),
    kernelSize,
    resample,
    filter: config.filter ?? [1, 3, 3, 1],
    padding,
  };
}

/** Zero padding on each side, in pixels. */
export function zeroPadding({ kernelSize, padding }: ConvolutionSettings): number {
  return { valid: 0, same: (kernelSize - 1) / 2, full: kernelSize - 1 }[padding];
}

/** The output shape of a convolution with these settings. */
export function convolutionShape(
  layer: string,
  shape: Shape,
  settings: ConvolutionSettings,
): (number | null)[] {
  const { resample, kernelSize, filters } = settings;
  const extra = 2 * zeroPadding(settings) - (kernelSize - 1);
  const size = (n: number) => {
    if (resample === 'down' && n % 2 !== 0)
      throw new LayerShapeError(layer, 'an even height and width, to halve them', shape);
    if (resample === 'down') return Math.floor((n + extra) / 2);
    return (resample === 'up' ? 2 * n : n) + extra;
  };
  return resized(shape, size, filters);
}

/** Configuration of {@link equalizedConv2d}. */
export interface EqualizedConv2dConfig extends EqualizedConfig, ConvolutionConfig {}

/** See {@link equalizedConv2d}. */
export class EqualizedConv2d extends GanLayer<EqualizedSettings & ConvolutionSettings> {
  static override readonly className = 'Ganjs>EqualizedConv2d';

  private kernel!: Weight;
  private bias?: Weight;

  constructor(config: EqualizedConv2dConfig) {
    super(config, {
      ...convolutionSettings('equalizedConv2d', config),
      ...equalizedSettings('equalizedConv2d', config),
    });
  }

  protected override checkShapes(shapes: Shape[]): void {
    imageChannels(this.name, shapes);
  }

  protected override createWeights(shapes: Shape[]): void {
    const { filters, kernelSize, useBias, kernelInitializer, biasInitializer } = this.settings;
    const shape = [kernelSize, kernelSize, imageChannels(this.name, shapes), filters];
    this.kernel = this.addWeight('kernel', shape, 'float32', kernelInitializer);
    if (useBias) this.bias = this.addWeight('bias', [filters], 'float32', biasInitializer);
  }

  protected override shapeOf(shapes: Shape[]): (number | null)[] {
    return convolutionShape(this.name, shapes[0]!, this.settings);
  }

  protected override forward([x]: tf.Tensor[]): tf.Tensor {
    const { gain, learningRateMultiplier, kernelSize, resample, filter } = this.settings;
    const factor = (gain * learningRateMultiplier) / Math.sqrt(kernelSize ** 2 * x!.shape[3]!);
    const kernel = tf.mul(this.kernel.read(), factor) as tf.Tensor4D;
    const padding = zeroPadding(this.settings);
    const y = resampledConv2d(x as tf.Tensor4D, kernel, { resample, filter, padding });
    return this.bias ? tf.add(y, tf.mul(this.bias.read(), learningRateMultiplier)) : y;
  }
}
register(EqualizedConv2d);

/**
 * A convolution with equalized learning rate, optionally fused with FIR resampling by 2:
 * y = conv(x, w · gain · m / √(k²·in)) + b · m, with stored w ~ N(0, 1/m²) and learning-rate multiplier m.
 *
 * Input: float32 [batch, height, width, in]. Output: float32 [batch, h, w, filters]; with the default padding h
 * is height, 2·height or height/2.
 *
 * @throws LayerShapeError for inputs that are no images or, to be halved, odd; LayerConfigError for an even
 * kernel or m <= 0.
 * @source Karras et al., Progressive growing (2018), section 4.1; StyleGAN2 (2020) for the resampling.
 */
export function equalizedConv2d(config: EqualizedConv2dConfig): EqualizedConv2d {
  return new EqualizedConv2d(config);
}
