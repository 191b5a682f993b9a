import type { Stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';

/** Random tensors drawn from one named stream. */
export class Draw {
  /** Where the numbers come from; fold it by a name to give an augmentation a stream of its own. */
  readonly stream: Stream;

  constructor(stream: Stream) {
    this.stream = stream;
  }

  /** float32 of the given shape from the normal distribution N(0, 1). */
  normal<R extends tf.Rank>(shape: tf.ShapeMap[R]): tf.Tensor<R> {
    return tf.tensor(this.stream.normal(tf.util.sizeFromShape(shape)), shape, 'float32');
  }

  /** float32 of the given shape, uniform in [low, high). */
  uniform<R extends tf.Rank>(shape: tf.ShapeMap[R], low = 0, high = 1): tf.Tensor<R> {
    return tf.tensor(this.stream.uniform(tf.util.sizeFromShape(shape), low, high), shape, 'float32');
  }

  /** int32 of the given shape, uniform in 0 … below - 1: random class labels. */
  integers<R extends tf.Rank>(shape: tf.ShapeMap[R], below: number): tf.Tensor<R> {
    return tf.tensor(this.stream.integers(tf.util.sizeFromShape(shape), below), shape, 'int32');
  }
}
