import * as tf from '@tensorflow/tfjs';
import { assign } from './optimizers/optimizer.js';
import { weightsOf } from './weights.js';

/**
 * Exponential moving average of all weights of a network, batch-norm statistics included:
 * a ← d·a + (1-d)·w with d = min(decay, (1 + t) / (10 + t)), so that the first weights are soon forgotten.
 */
export class WeightAverage {
  readonly averages: readonly tf.Variable[];
  readonly #weights: readonly tf.Variable[];
  readonly #decay: number;
  count = 0;

  constructor(network: tf.LayersModel, decay: number) {
    this.#weights = weightsOf(network);
    this.#decay = decay;
    // A product, not a clone: a clone would share the memory that an optimizer may update in place.
    this.averages = this.#weights.map((w) => tf.tidy(() => tf.variable(w.mul(1), false)));
  }

  /** Takes the present weights into the average. */
  update(): void {
    this.count++;
    const decay = Math.min(this.#decay, (1 + this.count) / (10 + this.count));
    for (const [i, average] of this.averages.entries()) {
      assign(average, () => average.mul(decay).add(this.#weights[i]!.mul(1 - decay)));
    }
  }

  /** Runs `f` while the network holds the averaged weights, then puts the present ones back. */
  async use<T>(f: () => Promise<T>): Promise<T> {
    const present = this.#weights.map((w) => w.clone());
    try {
      for (const [i, w] of this.#weights.entries()) w.assign(this.averages[i]!);
      return await f();
    } finally {
      for (const [i, w] of this.#weights.entries()) w.assign(present[i]!);
      tf.dispose(present);
    }
  }

  dispose(): void {
    tf.dispose([...this.averages]);
  }
}
