import * as tf from '@tensorflow/tfjs';
import { LayerConfigError, LayerShapeError, LayerStateError, showShape } from './errors.js';

/**
 * A moving average of a model's weights: a ← decay · a + (1 - decay) · w for the trainable weights; the others (the
 * statistics of batch normalization, the vectors of spectral normalization) are copied as they are.
 *
 * It starts as a copy of the weights. `swapIn` puts the average into the model, `swapOut` puts the raw weights
 * back; `dispose` frees it.
 *
 * @source Yazıcı et al., The unusual effectiveness of averaging in GAN training (2019).
 */
export class ExponentialMovingAverage {
  readonly #decay: number;
  readonly #live: { weight: tf.Variable; trainable: boolean }[];
  #shadow: tf.Tensor[];
  #swapped = false;

  /**
   * @param model a built model, of which the weights are averaged.
   * @param decay weight of the past, in [0, 1); typically 0.999 to 0.9999.
   * @throws LayerConfigError for a decay out of range.
   */
  constructor(model: tf.LayersModel, { decay }: { decay: number }) {
    checkDecay(decay);
    this.#decay = decay;
    const trainable = new Set(model.trainableWeights.map((weight) => weight.name));
    this.#live = model.weights.map((weight) => ({
      weight: weight.read() as tf.Variable,
      trainable: trainable.has(weight.name),
    }));
    this.#shadow = this.#live.map(({ weight }) => tf.keep(weight.clone()));
  }

  /** The average, in the order of `model.weights`. The tensors stay this object's. */
  get weights(): readonly tf.Tensor[] {
    return this.#swapped ? this.#live.map(({ weight }) => weight) : this.#shadow;
  }

  /**
   * Moves the average towards the weights; call it after each step of the generator.
   *
   * @param decay for this update, where it follows a schedule; the constructor's otherwise.
   * @throws LayerStateError while the average is swapped in; LayerConfigError for a decay out of range.
   */
  update(decay = this.#decay): void {
    checkDecay(decay);
    this.#refuse(this.#swapped, 'update', 'swapOut');
    this.#replace(({ weight, trainable }, average) =>
      trainable ? tf.tidy(() => tf.add(tf.mul(average, decay), tf.mul(weight, 1 - decay))) : weight.clone(),
    );
  }

  /** Puts the average into the model. Throws a LayerStateError when it is there already. */
  swapIn(): void {
    this.#refuse(this.#swapped, 'swapIn', 'swapOut');
    this.#exchange();
  }

  /** Puts the raw weights back into the model. Throws a LayerStateError when they are there already. */
  swapOut(): void {
    this.#refuse(!this.#swapped, 'swapOut', 'swapIn');
    this.#exchange();
  }

  /**
   * Sets the average, as a checkpoint restores it.
   *
   * @param weights in the order and with the shapes of `model.weights`; they are copied.
   * @throws LayerStateError while the average is swapped in; LayerShapeError when a shape differs.
   */
  restore(weights: readonly tf.Tensor[]): void {
    this.#refuse(this.#swapped, 'restore', 'swapOut');
    const [expected, received] = [this.#shadow, weights].map((list) => list.map(({ shape }) => shape));
    if (JSON.stringify(expected) !== JSON.stringify(received))
      throw new LayerShapeError('restore', `the weights of the model, ${showShape(expected!)}`, received!);
    this.#replace((_, __, i) => weights[i]!.clone());
  }

  /** Frees the average. The model keeps the weights that it has now. */
  dispose(): void {
    tf.dispose(this.#shadow);
    this.#shadow = [];
  }

  #replace(
    next: (live: { weight: tf.Variable; trainable: boolean }, shadow: tf.Tensor, i: number) => tf.Tensor,
  ): void {
    this.#shadow = this.#live.map((live, i) => {
      const old = this.#shadow[i]!;
      const tensor = tf.keep(next(live, old, i));
      old.dispose();
      return tensor;
    });
  }

  #exchange(): void {
    this.#replace(({ weight }, shadow) => {
      const other = weight.clone();
      weight.assign(shadow);
      return other;
    });
    this.#swapped = !this.#swapped;
  }

  #refuse(condition: boolean, method: string, remedy: string): void {
    if (condition) throw new LayerStateError(method, remedy);
  }
}

function checkDecay(decay: number): void {
  if (!(decay >= 0 && decay < 1))
    throw new LayerConfigError('exponentialMovingAverage', 'decay', 'in [0, 1)', decay);
}
