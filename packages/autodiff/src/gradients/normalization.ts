import * as tf from '@tensorflow/tfjs';
import { rule, sumTo } from './rule.js';

/** The gradients of normalizing kernels. */
export const normalization: tf.GradConfig[] = [
  // y = (x - mean) s scale + offset with s = (variance + epsilon)^-1/2; scale and offset may be absent.
  rule<{ varianceEpsilon: number }>(
    'FusedBatchNorm',
    { inputs: ['x', 'mean', 'variance', 'scale'] },
    (dy, [x, mean, variance, scale], { varianceEpsilon }) => {
      const inverse = () => tf.rsqrt(tf.add(variance!, varianceEpsilon));
      const scaled = (factor: tf.Tensor) => (scale ? tf.mul(factor, scale) : factor);
      const centred = () => tf.sub(x!, mean!);
      return {
        x: () => tf.mul(dy, scaled(inverse())),
        mean: () => tf.mul(sumTo(dy, mean!.shape), tf.neg(scaled(inverse()))),
        variance: () => {
          const cubed = tf.pow(inverse(), 3);
          return tf.mul(sumTo(tf.mul(dy, centred()), variance!.shape), tf.mul(scaled(cubed), -0.5));
        },
        scale: () => tf.mul(sumTo(tf.mul(dy, centred()), mean!.shape), inverse()),
        offset: () => sumTo(dy, mean!.shape),
      };
    },
  ),
];
