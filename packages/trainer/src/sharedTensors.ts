import * as tf from '@tensorflow/tfjs';
import { GameError } from './errors.js';
import type { Part } from './random.js';

/** Tensors that moves leave to later moves of the same step, as constants. */
export class SharedTensors {
  /** By name, and by part of the batch where the move plays it in several. */
  readonly #tensors = new Map<string, tf.Tensor>();

  /** Leaves a tensor; returns it. */
  leave<T extends tf.Tensor>(name: string, tensor: T, part?: Part): T {
    const key = keyOf(name, part);
    const earlier = this.#tensors.get(key);
    this.#tensors.set(key, tf.keep(tf.clone(tensor)));
    // Only now: it may be the tensor itself.
    earlier?.dispose();
    return tensor;
  }

  /** @throws GameError when no earlier move left that, or one that plays its batch in other parts. */
  take(name: string, part?: Part): tf.Tensor {
    const tensor = this.#tensors.get(keyOf(name, part));
    if (tensor) return tensor;
    const left = [...new Set([...this.#tensors.keys()].map((key) => `"${key.split('\0')[0]}"`))];
    throw new GameError(
      `@ganjs/trainer: no earlier move of this step shared "${name}"; shared: ${left.join(', ') || 'nothing'}` +
        (left.includes(`"${name}"`) ? ', by a move with other microBatches: give both the same' : ''),
    );
  }

  /** Frees everything that was left. */
  clear(): void {
    tf.dispose([...this.#tensors.values()]);
    this.#tensors.clear();
  }
}

function keyOf(name: string, part: Part | undefined): string {
  return part ? `${name}\0${part.index}/${part.count}` : name;
}
