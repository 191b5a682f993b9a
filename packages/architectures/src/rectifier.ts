import * as tf from '@tensorflow/tfjs';

/** The layer max(x, slope · x): LeakyReLU, or for slope 0 ReLU. */
export function rectifier(name: string, slope: number): tf.layers.Layer {
  return slope === 0 ? tf.layers.reLU({ name }) : tf.layers.leakyReLU({ name, alpha: slope });
}
