import * as tf from '@tensorflow/tfjs';
import { type EqualizedConfig, type EqualizedSettings, equalizedSettings } from './equalized.js';
import { LayerShapeError, type Shape } from './errors.js';
import { GanLayer, type Weight } from './layer.js';
import { register } from './register.js';
import { wholeNumber } from './shapes.js';

/** Configuration of {@link equalizedDense}. */
export interface EqualizedDenseConfig extends EqualizedConfig {
  /** Width of the output. */
  units: number;
}

/** See {@link equalizedDense}. */
export class EqualizedDense extends GanLayer<EqualizedSettings & { units: number }> {
  static override readonly className = 'Ganjs>EqualizedDense';

  private kernel!: Weight;
  private bias?: Weight;

  constructor(config: EqualizedDenseConfig) {
    super(config, {
      units: wholeNumber('equalizedDense', 'units', config.units),
      ...equalizedSettings('equalizedDense', config),
    });
  }

  protected override checkShapes(shapes: Shape[]): void {
    if (shapes.length !== 1 || shapes[0]!.length !== 2 || !shapes[0]![1])
      throw new LayerShapeError(this.name, 'features [batch, n] with known n', shapes, 'Flatten them first');
  }

  protected override createWeights(shapes: Shape[]): void {
    const { units, useBias, kernelInitializer, biasInitializer } = this.settings;
    this.kernel = this.addWeight('kernel', [shapes[0]![1]!, units], 'float32', kernelInitializer);
    if (useBias) this.bias = this.addWeight('bias', [units], 'float32', biasInitializer);
  }

  protected override shapeOf(shapes: Shape[]): (number | null)[] {
    return [shapes[0]![0]!, this.settings.units];
  }

  protected override forward([x]: tf.Tensor[]): tf.Tensor {
    const { gain, learningRateMultiplier } = this.settings;
    const factor = (gain * learningRateMultiplier) / Math.sqrt(this.kernel.shape[0]!);
    const y = tf.matMul(x!, tf.mul(this.kernel.read(), factor));
    return this.bias ? tf.add(y, tf.mul(this.bias.read(), learningRateMultiplier)) : y;
  }
}
register(EqualizedDense);

/**
 * A dense layer with equalized learning rate: y = x · (w · gain · m / √n) + b · m, with stored w ~ N(0, 1/m²)
 * and learning-rate multiplier m, so that Adam sees weights of one scale whatever the layer's width.
 *
 * Input: float32 [batch, n]. Output: float32 [batch, units].
 *
 * @throws LayerShapeError unless the features are flat; LayerConfigError for m <= 0.
 * @source Karras et al., Progressive growing (2018), section 4.1; StyleGAN (2019) for m.
 */
export function equalizedDense(config: EqualizedDenseConfig): EqualizedDense {
  return new EqualizedDense(config);
}
