import { ambientGlorotUniform, ambientNormal, ambientUniform } from '@ganjs/layers';
import { stream, withStream } from '@ganjs/random';
import { freedOnFailure } from './freedOnFailure.js';

/** What a network's weights are drawn from at first. */
export type Initialization =
  /** Uniform in ±√(6 / (fan in + fan out)): Glorot and Bengio (2010), the default of Keras. */
  | 'glorot'
  /** Normal with mean 0 and this standard deviation: 0.02 is the habit of DCGAN. */
  | { readonly normal: number }
  /** Uniform in ± this. */
  | { readonly uniform: number };

/** The initializer of that name; it draws from the ambient stream. */
export function initializerOf(initialization: Initialization) {
  if (initialization === 'glorot') return ambientGlorotUniform();
  if ('normal' in initialization) return ambientNormal({ mean: 0, deviation: initialization.normal });
  return ambientUniform({ low: -initialization.uniform, high: initialization.uniform });
}

/**
 * Builds a network with weights that are a pure function of the seed and the network's name. Where an option turns out
 * to be wrong only after the first layers have theirs, no weight is left behind.
 *
 * @param name keeps a generator and a discriminator of one seed apart.
 */
export function seeded<T>(seed: number, name: string, build: () => T): T {
  return freedOnFailure(() => withStream(stream(seed, 'init', name), build));
}
