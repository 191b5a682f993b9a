import * as tf from '@tensorflow/tfjs';
import { untraced } from '../untraced.js';
import { rule, run, sumTo } from './rule.js';

const seluScale = 1.0507009873554805;
const seluScaleAlpha = 1.7580993408473768;

/** 1 where `x` is positive, `otherwise` elsewhere; a constant. */
function step(x: tf.Tensor, otherwise = 0): tf.Tensor {
  return untraced(() => tf.step(x, otherwise));
}

/** Piecewise activations: the slope is a constant mask, so higher derivatives only pass through `dy`. */
export const activations: tf.GradConfig[] = [
  rule('Relu', { inputs: ['x'] }, (dy, [x]) => ({ x: () => tf.mul(dy, step(x!)) })),

  rule('Relu6', { inputs: ['x'] }, (dy, [x]) => ({
    x: () => {
      const inside = untraced(() => tf.mul(tf.step(x!), tf.cast(tf.lessEqual(x!, 6), 'float32')));
      return tf.mul(dy, inside);
    },
  })),

  rule<{ alpha: number }>('LeakyRelu', { inputs: ['x'] }, (dy, [x], { alpha }) => ({
    x: () => tf.mul(dy, step(x!, alpha)),
  })),

  rule('Prelu', { inputs: ['x', 'alpha'] }, (dy, [x, alpha]) => {
    const positive = () => untraced(() => tf.greater(x!, 0));
    return {
      x: () => tf.where(positive(), dy, tf.mul(dy, alpha!)),
      alpha: () => sumTo(tf.mul(dy, tf.neg(tf.relu(tf.neg(x!)))), alpha!.shape),
    };
  }),

  // y = e^x - 1 below zero, so the slope there is y + 1.
  rule('Elu', { outputs: [true] }, (dy, [y]) => ({ x: () => run('EluGrad', { dy, y: y! }) })),
  rule('EluGrad', { inputs: ['dy', 'y'] }, (ddx, [dy, y]) => ({
    dy: () => run('EluGrad', { dy: ddx, y: y! }),
    y: () =>
      tf.mul(
        tf.mul(ddx, dy!),
        untraced(() => tf.cast(tf.less(y!, 0), 'float32')),
      ),
  })),

  // y = scale alpha (e^x - 1) below zero, so the slope there is y + scale alpha.
  rule('Selu', { outputs: [true] }, (dy, [y]) => ({
    x: () => {
      const positive = untraced(() => tf.greater(y!, 0));
      return tf.mul(dy, tf.where(positive, tf.fill(y!.shape, seluScale), tf.add(y!, seluScaleAlpha)));
    },
  })),
];
