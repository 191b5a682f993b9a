import { type Stream, stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';

type Initializer = ReturnType<typeof tf.initializers.zeros>;

/** Where a network's initial weights come from. */
export type Initialization =
  /** Uniform in ±√(6 / (fan in + fan out)): Glorot and Bengio (2010), the default of Keras. */
  | 'glorot'
  /** Normal with this standard deviation: 0.02 is the habit of DCGAN. */
  | { readonly normal: number }
  /** Uniform in ± this. */
  | { readonly uniform: number };

/**
 * Initializers for the layers of one network: each call gives one with a seed of its own, so that layers of
 * equal shape do not start equal.
 *
 * @param seed - the run's seed. @param network - the network's name, so that a generator and a discriminator differ.
 */
export function seededInitializers(
  seed: number,
  network: string,
  initialization: Initialization,
): () => Initializer {
  const seeds: Stream = stream(seed, 'init', network);
  return () => {
    if (initialization === 'glorot') return tf.initializers.glorotUniform({ seed: seeds.seed() });
    if ('normal' in initialization) {
      return tf.initializers.randomNormal({ mean: 0, stddev: initialization.normal, seed: seeds.seed() });
    }
    const { uniform } = initialization;
    return tf.initializers.randomUniform({ minval: -uniform, maxval: uniform, seed: seeds.seed() });
  };
}
