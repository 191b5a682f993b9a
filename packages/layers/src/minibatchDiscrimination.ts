import * as tf from '@tensorflow/tfjs';
import { ambientGlorotUniform } from './ambientInitializers.js';
import { LayerShapeError, type Shape } from './errors.js';
import { type Initializer, type InitializerConfig, initializerOf } from './initializer.js';
import { GanLayer, type LayerConfig, type Weight } from './layer.js';
import { register } from './register.js';
import { wholeNumber } from './shapes.js';

/** Configuration of {@link minibatchDiscrimination}. */
export interface MinibatchDiscriminationConfig extends LayerConfig {
  /** Number of kernels, B: so many features are appended. */
  kernels: number;
  /** Dimension of each kernel's space, C. */
  kernelDimension: number;
  /** Default ambientGlorotUniform. */
  kernelInitializer?: InitializerConfig;
}

/** See {@link minibatchDiscrimination}. */
export class MinibatchDiscrimination extends GanLayer<{
  kernels: number;
  kernelDimension: number;
  kernelInitializer: Initializer;
}> {
  static override readonly className = 'Ganjs>MinibatchDiscrimination';

  private kernel!: Weight;

  constructor(config: MinibatchDiscriminationConfig) {
    super(config, {
      kernels: wholeNumber('minibatchDiscrimination', 'kernels', config.kernels),
      kernelDimension: wholeNumber('minibatchDiscrimination', 'kernelDimension', config.kernelDimension),
      kernelInitializer: initializerOf(config.kernelInitializer, ambientGlorotUniform()),
    });
  }

  protected override checkShapes(shapes: Shape[]): void {
    if (shapes.length !== 1 || shapes[0]!.length !== 2 || !shapes[0]![1])
      throw new LayerShapeError(this.name, 'features [batch, n] with known n', shapes, 'Flatten them first');
  }

  protected override createWeights(shapes: Shape[]): void {
    const { kernels, kernelDimension, kernelInitializer } = this.settings;
    const shape = [shapes[0]![1]!, kernels * kernelDimension];
    this.kernel = this.addWeight('kernel', shape, 'float32', kernelInitializer);
  }

  protected override shapeOf(shapes: Shape[]): (number | null)[] {
    return [shapes[0]![0]!, shapes[0]![1]! + this.settings.kernels];
  }

  protected override forward([features]: tf.Tensor[]): tf.Tensor {
    const { kernels, kernelDimension } = this.settings;
    const rows = tf.matMul(features!, this.kernel.read());
    const own = rows.reshape([-1, 1, kernels, kernelDimension]);
    const others = rows.reshape([1, -1, kernels, kernelDimension]);
    const difference = tf.sub(own, others);
    // |d| as two ReLUs: equal samples, as a collapsed generator makes, get the slope 0, and not the -1 of tf.abs.
    const distance = tf.sum(tf.add(tf.relu(difference), tf.relu(tf.neg(difference))), 3);
    // exp, but written as expm1 + 1: the stock second derivative of exp is wrong.
    const closeness = tf.add(tf.expm1(tf.neg(distance)), 1);
    return tf.concat([features!, tf.sum(closeness, 1)], 1);
  }
}
register(MinibatchDiscrimination);

/**
 * Minibatch discrimination: appends to each sample's features how close it is to the rest of the batch.
 * M = reshape(f T) [N, B, C]; o[i, b] = Σ_j exp(-‖M[i, b] - M[j, b]‖₁), the sum including j = i (which gives 1);
 * y = [f, o].
 *
 * Uses N²·B·C numbers of memory. Keep real and generated samples in separate batches.
 *
 * Input: float32 [N, n]. Output: float32 [N, n + kernels].
 *
 * @throws LayerShapeError unless the features are flat.
 * @source Salimans et al., Improved techniques for training GANs (2016), section 3.2.
 */
export function minibatchDiscrimination(config: MinibatchDiscriminationConfig): MinibatchDiscrimination {
  return new MinibatchDiscrimination(config);
}
