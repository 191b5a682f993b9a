import * as tf from '@tensorflow/tfjs';
import { ambientNormal } from './ambientInitializers.js';
import {
  type ConvolutionConfig,
  type ConvolutionSettings,
  convolutionSettings,
  convolutionShape,
  zeroPadding,
} from './equalizedConv2d.js';
import { LayerShapeError, type Shape } from './errors.js';
import { type Initializer, type InitializerConfig, initializerOf } from './initializer.js';
import { GanLayer, type LayerConfig, type Weight } from './layer.js';
import * as ops from './ops/modulatedConv2d.js';
import { register } from './register.js';
import { imageChannels } from './shapes.js';

/** Configuration of {@link modulatedConv2d}. */
export interface ModulatedConv2dConfig extends LayerConfig, ConvolutionConfig {
  /** Normalize each output map; false for ToRGB. Default true. */
  demodulate?: boolean;
  /** Added to the squared norm of the modulated kernel. Default 1e-8. */
  epsilon?: number;
  /** Default true. */
  useBias?: boolean;
  /** Of the stored kernel. Default ambientNormal with mean 0 and deviation 1. */
  kernelInitializer?: InitializerConfig;
  /** Default zeros. */
  biasInitializer?: InitializerConfig;
}

/** See {@link modulatedConv2d}. */
export class ModulatedConv2d extends GanLayer<
  ConvolutionSettings & {
    demodulate: boolean;
    epsilon: number;
    useBias: boolean;
    kernelInitializer: Initializer;
    biasInitializer: Initializer;
  }
> {
  static override readonly className = 'Ganjs>ModulatedConv2d';

  private kernel!: Weight;
  private bias?: Weight;

  constructor(config: ModulatedConv2dConfig) {
    super(config, {
      ...convolutionSettings('modulatedConv2d', config),
      demodulate: config.demodulate ?? true,
      epsilon: config.epsilon ?? 1e-8,
      useBias: config.useBias ?? true,
      kernelInitializer: initializerOf(config.kernelInitializer, ambientNormal({ mean: 0, deviation: 1 })),
      biasInitializer: initializerOf(config.biasInitializer, tf.initializers.zeros()),
    });
  }

  protected override checkShapes(shapes: Shape[]): void {
    const channels = imageChannels(this.name, shapes.slice(0, 1));
    if (shapes.length !== 2 || shapes[1]!.length !== 2 || shapes[1]![1] !== channels)
      throw new LayerShapeError(
        this.name,
        `[images, styles] with styles [batch, ${channels}]: a factor per input channel`,
        shapes,
      );
  }

  protected override createWeights(shapes: Shape[]): void {
    const { filters, kernelSize, useBias, kernelInitializer, biasInitializer } = this.settings;
    const shape = [kernelSize, kernelSize, shapes[0]![3]!, filters];
    this.kernel = this.addWeight('kernel', shape, 'float32', kernelInitializer);
    if (useBias) this.bias = this.addWeight('bias', [filters], 'float32', biasInitializer);
  }

  protected override shapeOf(shapes: Shape[]): (number | null)[] {
    return convolutionShape(this.name, shapes[0]!, this.settings);
  }

  protected override forward([x, styles]: tf.Tensor[]): tf.Tensor {
    const { kernelSize, resample, filter, demodulate, epsilon } = this.settings;
    const scale = 1 / Math.sqrt(kernelSize ** 2 * x!.shape[3]!);
    const kernel = tf.mul(this.kernel.read(), scale) as tf.Tensor4D;
    const padding = zeroPadding(this.settings);
    const options = { resample, filter, padding, demodulate, epsilon };
    const y = ops.modulatedConv2d(x as tf.Tensor4D, kernel, styles as tf.Tensor2D, options);
    return this.bias ? tf.add(y, this.bias.read()) : y;
  }
}
register(ModulatedConv2d);

/**
 * The layer of `ops.modulatedConv2d`, with a kernel of equalized learning rate (w / √(k²·in), w ~ N(0, 1)) and a
 * bias: y = conv(x ⊙ s, w) / √(Σ (s w)² + ε) + b. Styles come from `equalizedDense({ units: in,
 * biasInitializer: 'ones' })` of the latent. StyleGAN3 uses `padding: 'full'`.
 *
 * Inputs: images float32 [batch, height, width, in], styles float32 [batch, in].
 * Output: float32 [batch, h, w, filters]; with the default padding h is height, 2·height or height/2.
 *
 * @throws LayerShapeError when the styles do not fit the images; LayerConfigError for an even kernel.
 * @source Karras et al., StyleGAN2 (2020), section 2.2.
 */
export function modulatedConv2d(config: ModulatedConv2dConfig): ModulatedConv2d {
  return new ModulatedConv2d(config);
}
