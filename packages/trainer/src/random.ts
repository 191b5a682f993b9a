import type { Stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';

/** Which part of a batch a tensor is for, where a move plays the batch in parts. */
export interface Part {
  readonly index: number;
  readonly count: number;
  /** Examples in the part. */
  readonly n: number;
}

/**
 * Random tensors drawn from one named stream.
 *
 * In a part of a batch, a tensor whose rows are a multiple of the part's examples is that part of the one which the whole
 * batch would get, so the numbers do not depend on how a batch is divided: let the first axis be the examples'. Others
 * are the same in all parts.
 */
export class Random {
  /** Where the numbers come from; fold it by a name to give an augmentation a stream of its own. */
  readonly stream: Stream;
  readonly #numbers: Stream;
  readonly #part: Part | undefined;

  constructor(stream: Stream, part?: Part) {
    this.#numbers = stream;
    this.#part = part;
    this.stream = part ? stream.fold('part', part.index) : stream;
  }

  /** float32 of the given shape from the normal distribution N(0, 1). */
  normal<R extends tf.Rank>(shape: tf.ShapeMap[R]): tf.Tensor<R> {
    return this.#tensor(shape, 'float32', (size) => this.#numbers.normal(size));
  }

  /** float32 of the given shape, uniform in [low, high). */
  uniform<R extends tf.Rank>(shape: tf.ShapeMap[R], low = 0, high = 1): tf.Tensor<R> {
    return this.#tensor(shape, 'float32', (size) => this.#numbers.uniform(size, low, high));
  }

  /** int32 of the given shape, uniform in 0 … below - 1: random class labels. */
  integers<R extends tf.Rank>(shape: tf.ShapeMap[R], below: number): tf.Tensor<R> {
    return this.#tensor(shape, 'int32', (size) => this.#numbers.integers(size, below));
  }

  #tensor<R extends tf.Rank>(
    shape: tf.ShapeMap[R],
    dtype: 'float32' | 'int32',
    draw: (size: number) => Float32Array | Int32Array,
  ): tf.Tensor<R> {
    const size = tf.util.sizeFromShape(shape);
    const part = this.#part;
    if (!part || !shape[0] || shape[0] % part.n !== 0) return tf.tensor(draw(size), shape, dtype);
    const whole = draw(size * part.count);
    return tf.tensor(whole.slice(part.index * size, (part.index + 1) * size), shape, dtype);
  }
}
