import * as tf from '@tensorflow/tfjs';
import { ambientNormal } from './ambientInitializers.js';
import { LayerConfigError, type Shape } from './errors.js';
import { fromSaved, type Initializer, type InitializerConfig, initializerOf } from './initializer.js';
import { type CallArguments, GanLayer, type LayerConfig, type Weight } from './layer.js';
import { detached } from './ops/detached.js';
import { register } from './register.js';
import { wholeNumber } from './shapes.js';

/** Configuration of {@link spectralNorm}. */
export interface SpectralNormConfig extends LayerConfig {
  /** The layer to normalize: one with a single weight of rank 2 or more. */
  layer: tf.layers.Layer | tf.serialization.ConfigDict;
  /** Power iterations a call. Default 1. */
  iterations?: number;
  /** Added to norms that divide. Default 1e-12. */
  epsilon?: number;
  /** Of the persistent vector u. Default ambientNormal with mean 0 and deviation 1. */
  vectorInitializer?: InitializerConfig;
}

/** See {@link spectralNorm}. */
export class SpectralNorm extends GanLayer<{
  layer: tf.layers.Layer;
  iterations: number;
  epsilon: number;
  vectorInitializer: Initializer;
}> {
  static override readonly className = 'Ganjs>SpectralNorm';

  private kernel!: Weight;
  private u!: Weight;

  constructor(config: SpectralNormConfig) {
    super(config, {
      layer: config.layer instanceof tf.layers.Layer ? config.layer : fromSaved(config.layer),
      iterations: wholeNumber('spectralNorm', 'iterations', config.iterations ?? 1),
      epsilon: config.epsilon ?? 1e-12,
      vectorInitializer: initializerOf(config.vectorInitializer, ambientNormal({ mean: 0, deviation: 1 })),
    });
  }

  protected override createWeights(shapes: Shape[]): void {
    const { layer, vectorInitializer } = this.settings;
    this.adopt(layer, shapes.length === 1 ? shapes[0]! : shapes);
    const kernels = layer.weights.filter((weight) => weight.shape.length >= 2);
    if (kernels.length !== 1)
      throw new LayerConfigError(
        this.name,
        'layer',
        'a layer with one weight of rank 2 or more (dense, conv2d, conv2dTranspose, embedding, ...)',
        `${layer.getClassName()} with ${kernels.map((weight) => weight.originalName).join(', ') || 'none'}`,
      );
    this.kernel = kernels[0]!;
    const size = this.kernel.shape[this.outputAxis]!;
    this.u = this.addWeight('u', [size], 'float32', vectorInitializer, undefined, false);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): (number | null)[] {
    const shape = inputShape as (number | null)[];
    return this.settings.layer.computeOutputShape(shape) as (number | null)[];
  }

  protected override forward(inputs: tf.Tensor[], args: CallArguments): tf.Tensor {
    const { layer } = this.settings;
    const weight = this.kernel.read();
    const normalized = tf.div(weight, this.sigma(weight, args.training === true));
    // The layer reads its kernel through `read`: for this call it finds the normalized one.
    const { kernel } = this;
    kernel.read = () => normalized as tf.Variable;
    try {
      return layer.call(inputs.length === 1 ? inputs[0]! : inputs, args) as tf.Tensor;
    } finally {
      delete (kernel as Partial<Weight>).read;
    }
  }

  /** The axis of the kernel that counts outputs: u has a number for each. */
  private get outputAxis(): number {
    const rank = this.kernel.shape.length;
    return this.settings.layer.getClassName().endsWith('Transpose') ? rank - 2 : rank - 1;
  }

  /** σ = vᵀ W u, differentiable through W; the vectors, moved by power iteration, are constants. */
  private sigma(weight: tf.Tensor, training: boolean): tf.Tensor {
    const { iterations, epsilon } = this.settings;
    const outputs = this.u.shape[0]!;
    const matrix = this.asMatrix(weight);
    const unit = (x: tf.Tensor) => tf.div(x, tf.add(tf.norm(x), epsilon));
    const vectors = detached(() => {
      let u: tf.Tensor = this.u.read().reshape([outputs, 1]);
      let v: tf.Tensor = u;
      for (let i = 0; i < iterations; i++) {
        v = unit(tf.matMul(matrix, u));
        u = unit(tf.matMul(matrix, v, true));
      }
      if (training) this.u.write(u.reshape([outputs]));
      return tf.concat([v, u]);
    });
    const [v, u] = tf.split(vectors, [matrix.shape[0]!, outputs]);
    return tf.sum(tf.mul(v!, tf.matMul(matrix, u!)));
  }

  /** The kernel as a matrix [everything else, outputs]. */
  private asMatrix(weight: tf.Tensor): tf.Tensor2D {
    const rank = weight.rank;
    const axes = [...weight.shape.keys()];
    const last =
      this.outputAxis === rank - 1
        ? weight
        : tf.transpose(weight, [...axes.slice(0, -2), rank - 1, rank - 2]);
    return last.reshape([-1, this.u.shape[0]!]);
  }
}
register(SpectralNorm);

/**
 * Spectral normalization: the wrapped layer works with W / σ(W), where σ, its largest singular value, is
 * estimated by power iteration from a persistent vector u: v = W u / ‖W u‖, u = Wᵀ v / ‖Wᵀ v‖, σ = vᵀ W u,
 * with W as a matrix [rest, outputs]. Gradients flow through σ, but not through u and v.
 *
 * Each call iterates; u is kept only when called with `{ training: true }`. The wrapper owns the weights of the
 * layer and saves u with them.
 *
 * Inputs and output: those of the layer, e.g. `spectralNorm({ layer: tf.layers.conv2d({ ... }) })`.
 *
 * @throws LayerConfigError unless the layer has exactly one weight of rank 2 or more.
 * @source Miyato et al., Spectral normalization for GANs (2018), algorithm 1.
 */
export function spectralNorm(config: SpectralNormConfig): SpectralNorm {
  return new SpectralNorm(config);
}
