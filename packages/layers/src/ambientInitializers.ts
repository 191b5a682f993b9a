import { ambientStream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { register } from './register.js';

/** An initializer of `tf.initializers`. */
export type Initializer = ReturnType<typeof tf.initializers.ones>;

/** The class of the initializers that layers accept; TensorFlow.js does not export it by name. */
const InitializerBase = Object.getPrototypeOf(
  tf.initializers.zeros().constructor,
) as abstract new () => Initializer;

/** See {@link ambientNormal}. */
export class AmbientNormal extends InitializerBase {
  static readonly className = 'Ganjs>AmbientNormal';

  private readonly config: { mean: number; deviation: number };

  constructor({ mean, deviation }: { mean: number; deviation: number }) {
    super();
    this.config = { mean, deviation };
  }

  override apply(shape: number[]): tf.Tensor {
    const { mean, deviation } = this.config;
    return tf.tensor(ambientStream().normal(tf.util.sizeFromShape(shape), mean, deviation), shape);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...this.config };
  }
}
register(AmbientNormal);

/** See {@link ambientUniform}. */
export class AmbientUniform extends InitializerBase {
  static readonly className = 'Ganjs>AmbientUniform';

  private readonly config: { low: number; high: number };

  constructor({ low, high }: { low: number; high: number }) {
    super();
    this.config = { low, high };
  }

  override apply(shape: number[]): tf.Tensor {
    const { low, high } = this.config;
    return tf.tensor(ambientStream().uniform(tf.util.sizeFromShape(shape), low, high), shape);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...this.config };
  }
}
register(AmbientUniform);

/** See {@link ambientGlorotUniform}. */
export class AmbientGlorotUniform extends InitializerBase {
  static readonly className = 'Ganjs>AmbientGlorotUniform';

  override apply(shape: number[]): tf.Tensor {
    const size = tf.util.sizeFromShape(shape);
    const [fanIn, fanOut] = shape.slice(-2) as [number, number];
    const limit = Math.sqrt((6 * fanIn * fanOut) / (size * (fanIn + fanOut)));
    return tf.tensor(ambientStream().uniform(size, -limit, limit), shape);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {};
  }
}
register(AmbientGlorotUniform);

/**
 * Starts weights from N(mean, deviation²), drawn from the ambient stream of `@ganjs/random`: under `withStream` a
 * network starts the same every time, and no two of its weights alike. The default of this package's layers.
 */
export function ambientNormal(config: { mean: number; deviation: number }): AmbientNormal {
  return new AmbientNormal(config);
}

/** Starts weights uniformly in [low, high), drawn from the ambient stream of `@ganjs/random`. */
export function ambientUniform(config: { low: number; high: number }): AmbientUniform {
  return new AmbientUniform(config);
}

/**
 * Starts kernels [..., in, out] uniformly in ±√(6 / (k·in + k·out)), k being the product of the leading sizes, drawn
 * from the ambient stream of `@ganjs/random`.
 *
 * @source Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks (2010).
 */
export function ambientGlorotUniform(): AmbientGlorotUniform {
  return new AmbientGlorotUniform();
}
