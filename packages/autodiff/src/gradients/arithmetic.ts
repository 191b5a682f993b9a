import * as tf from '@tensorflow/tfjs';
import { untraced } from '../untraced.js';
import { constant, rule, sumTo, zerosLike } from './rule.js';
import { shapesOnly } from './shapesOnly.js';

type Compare = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** The larger or smaller of two: `dy` goes to the chosen one, to `a` where both are equal. */
function choice(kernel: string, aWins: Compare, bWins: Compare): tf.GradConfig {
  return rule(kernel, { inputs: ['a', 'b'] }, (dy, [a, b]) => {
    const where = (wins: Compare) => untraced(() => tf.cast(wins(a!, b!), 'float32'));
    return {
      a: () => sumTo(tf.mul(dy, where(aWins)), a!.shape),
      b: () => sumTo(tf.mul(dy, where(bWins)), b!.shape),
    };
  });
}

/** The gradients of arithmetic. */
export const arithmetic: tf.GradConfig[] = [
  // The stock rules of these four throw where a length of 1 is broadcast against an empty axis.
  shapesOnly(
    rule('Add', { inputs: ['a', 'b'] }, (dy, [a, b]) => ({
      a: () => sumTo(dy, a!.shape),
      b: () => sumTo(dy, b!.shape),
    })),
  ),
  shapesOnly(
    rule('Sub', { inputs: ['a', 'b'] }, (dy, [a, b]) => ({
      a: () => sumTo(dy, a!.shape),
      b: () => tf.neg(sumTo(dy, b!.shape)),
    })),
  ),
  rule('Multiply', { inputs: ['a', 'b'] }, (dy, [a, b]) => ({
    a: () => sumTo(tf.mul(dy, tf.cast(b!, 'float32')), a!.shape),
    b: () => sumTo(tf.mul(dy, tf.cast(a!, 'float32')), b!.shape),
  })),
  rule('RealDiv', { inputs: ['a', 'b'] }, (dy, [a, b]) => ({
    a: () => sumTo(tf.div(dy, tf.cast(b!, 'float32')), a!.shape),
    b: () => {
      const sum = sumTo(tf.mul(dy, tf.cast(a!, 'float32')), b!.shape);
      return tf.neg(tf.div(sum, tf.cast(tf.square(b!), 'float32')));
    },
  })),

  // The subgradient at zero is 0.
  rule('Abs', { inputs: ['x'] }, (dy, [x]) => ({
    x: () =>
      tf.mul(
        dy,
        untraced(() => tf.sign(tf.cast(x!, 'float32'))),
      ),
  })),

  choice('Maximum', tf.greaterEqual, tf.less),
  choice('Minimum', tf.lessEqual, tf.greater),

  rule<{ clipValueMin: number; clipValueMax: number }>(
    'ClipByValue',
    { inputs: ['x'] },
    (dy, [x], { clipValueMin, clipValueMax }) => ({
      x: () => {
        const inside = untraced(() =>
          tf.cast(
            tf.logicalAnd(tf.greaterEqual(x!, clipValueMin), tf.lessEqual(x!, clipValueMax)),
            'float32',
          ),
        );
        return tf.mul(dy, inside);
      },
    }),
  ),

  rule('SquaredDifference', { inputs: ['a', 'b'] }, (dy, [a, b]) => {
    const slope = () => tf.mul(dy, tf.mul(tf.sub(a!, b!), 2));
    return { a: () => sumTo(slope(), a!.shape), b: () => sumTo(tf.neg(slope()), b!.shape) };
  }),

  // d/da a^b = b a^(b-1), which is 0 for b = 0 also where a = 0; d/db a^b = a^b log a, and 0 for a <= 0.
  rule('Pow', { inputs: ['a', 'b'], outputs: [true] }, (dy, [a, b, y]) => ({
    a: () => {
      const exponent = tf.cast(b!, 'float32');
      const whereZero = untraced(() => tf.cast(tf.equal(exponent, 0), 'float32'));
      const lowered = tf.add(tf.sub(exponent, 1), tf.mul(whereZero, 2));
      return sumTo(tf.mul(dy, tf.mul(exponent, tf.pow(a!, lowered))), a!.shape);
    },
    b: () => {
      const base = tf.cast(a!, 'float32');
      const positive = untraced(() => tf.greater(base, 0));
      const logarithm = tf.log(tf.where(positive, base, tf.onesLike(base)));
      return sumTo(tf.mul(dy, tf.mul(y!, logarithm)), b!.shape);
    },
  })),

  // The stock rule multiplies by the mask, and 0 times an infinite dy is NaN.
  rule('Select', { inputs: ['condition'] }, (dy, [condition]) => {
    const chosen = () => constant(condition!);
    return {
      condition: () => zerosLike(condition!),
      t: () => tf.where(chosen(), dy, zerosLike(dy)),
      e: () => tf.where(chosen(), zerosLike(dy), dy),
    };
  }),
];
