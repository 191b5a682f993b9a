import * as tf from '@tensorflow/tfjs';
import { between, type Case, spaced } from '../finiteDifferences.js';

const unary: [string, (x: tf.Tensor) => tf.Tensor][] = [
  ['relu', tf.relu],
  ['relu6', (x) => tf.relu6(tf.add(tf.mul(x, 3.03), 3))],
  ['leakyRelu', (x) => tf.leakyRelu(x, 0.2)],
  ['elu', tf.elu],
  ['selu', tf.selu],
  ['sigmoid', tf.sigmoid],
  ['tanh', tf.tanh],
  ['softplus', tf.softplus],
  ['logSigmoid', tf.logSigmoid],
  ['swish', (x) => tf.mul(x, tf.sigmoid(x))],
  ['mish', (x) => tf.mul(x, tf.tanh(tf.softplus(x)))],
  ['gelu', (x) => tf.mul(tf.mul(x, 0.5), tf.add(1, tf.erf(tf.div(x, Math.SQRT2))))],
  ['hard sigmoid', (x) => tf.clipByValue(tf.add(tf.mul(x, 0.425), 0.5), 0, 1)],
  ['softsign', (x) => tf.div(x, tf.add(1, tf.abs(x)))],
  ['layers.leakyReLU', (x) => tf.layers.leakyReLU({ alpha: 0.2 }).apply(x) as tf.Tensor],
  ['layers.elu', (x) => tf.layers.elu().apply(x) as tf.Tensor],
  ['softmax', (x) => tf.softmax(x)],
  ['logSoftmax', (x) => tf.logSoftmax(x)],
];

export const activations: Case[] = [
  ...unary.map(([name, f]) => ({ name, f, inputs: [spaced(4, 7)] })),
  {
    name: 'prelu, one slope per channel',
    f: (x, alpha) => tf.prelu(x!, alpha!),
    inputs: [spaced(2, 3, 5), between(0.1, 0.4, 5)],
  },
  {
    name: 'softmax with temperature, attention',
    f: (q, k, v) => tf.matMul(tf.softmax(tf.matMul(q!, k!, false, true)), v!),
    inputs: [between(-1, 1, 2, 3, 4), between(-1, 1, 2, 5, 4), between(-2, 1, 2, 5, 2)],
  },
];
