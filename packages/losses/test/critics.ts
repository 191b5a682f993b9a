import * as tf from '@tensorflow/tfjs';
import type { Named } from '../../../tools/reference/losses/recorded.js';

const leaky = (x: tf.Tensor) => tf.leakyRelu(x, 0.2);
const dense = (x: tf.Tensor, w: tf.Tensor) => tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D);

export function conv(x: tf.Tensor, kernel: tf.Tensor, stride = 1): tf.Tensor {
  return tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, stride, 'valid');
}

/** The critics of tools/reference/losses/critics.py. */
export const critics: Record<string, (x: tf.Tensor, w: Named) => tf.Tensor> = {
  mlp: (x, { w1, b1, w2, b2, w3 }) =>
    dense(tf.tanh(tf.add(dense(leaky(tf.add(dense(x, w1!), b1!)), w2!), b2!)), w3!),
  conv: (x, { k1, b1, k2, w1, w2 }) => {
    const maps = conv(leaky(tf.add(conv(x, k1!), b1!)), k2!, 2);
    return dense(tf.tanh(dense(tf.reshape(maps, [x.shape[0]!, -1]), w1!)), w2!);
  },
  patches: (x, { k1, b1, k2 }) => conv(tf.sigmoid(tf.add(conv(x, k1!, 2), b1!)), k2!),
};

/** The generator of tools/reference/losses/regularizers.py. */
export function synthesize(styles: tf.Tensor, { w1, w2, noise }: Named): tf.Tensor {
  const [n, ...rest] = styles.shape as [number, ...number[]];
  const hidden = tf.tanh(dense(tf.reshape(styles, [-1, rest[rest.length - 1]!]), w1!));
  const product =
    styles.rank === 2
      ? hidden
      : tf.unstack(tf.reshape(hidden, [n, rest[0]!, -1]), 1).reduce((a, b) => tf.mul(a, b));
  return tf.reshape(dense(product, w2!), noise!.shape);
}

/** The feature network of tools/reference/losses/auxiliary.py. */
export function features(images: tf.Tensor, { k1, k2 }: Named): tf.Tensor[] {
  const first = tf.tanh(conv(images, k1!));
  return [first, tf.tanh(conv(first, k2!, 2))];
}
