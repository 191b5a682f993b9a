import * as tf from '@tensorflow/tfjs';

/** |x| with the derivative 0 at x = 0, as in PyTorch: that of `tf.abs` is -1 there, which pulls at equal pixels. */
export function absolute(x: tf.Tensor): tf.Tensor {
  return tf.mul(x, tf.sign(x));
}
