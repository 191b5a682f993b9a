import * as tf from '@tensorflow/tfjs';
import { gradientNorm } from '../../src/index.js';
import { between, type Case, spaced } from '../finiteDifferences.js';

const matMuls = [
  [false, false, [2, 3, 4], [2, 4, 5]],
  [true, false, [2, 4, 3], [2, 4, 5]],
  [false, true, [2, 3, 4], [2, 5, 4]],
  [true, true, [2, 4, 3], [2, 5, 4]],
  [false, false, [2, 3, 4], [1, 4, 5]],
  [true, true, [1, 4, 3], [2, 5, 4]],
] as const;

const einsums: [string, number[], number[]?][] = [
  ['ij,jk->ik', [3, 4], [4, 2]],
  ['bid,bjd->bij', [2, 3, 4], [2, 5, 4]],
  ['bij,bjd->bid', [2, 3, 5], [2, 5, 4]],
  ['nhwc,c->nhw', [1, 2, 2, 3], [3]],
  ['ijk->kj', [2, 3, 4]],
  ['ij,jk->i', [3, 4], [4, 2]],
];

/** Instance norm over the spatial axes. */
function instanceNorm(x: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, [1, 2], true);
  return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5)));
}

export const networks: Case[] = [
  ...matMuls.map(([a, b, left, right]) => ({
    name: `matMul [${left}]${a ? "'" : ''} [${right}]${b ? "'" : ''}`,
    f: (x?: tf.Tensor, y?: tf.Tensor) => tf.matMul(x!, y!, a, b),
    inputs: [between(-1, 1, ...left), between(-1, 1, ...right)],
  })),
  ...einsums.map(([equation, left, right]) => ({
    name: `einsum ${equation}`,
    f: (...xs: tf.Tensor[]) => tf.einsum(equation, ...xs),
    inputs: [left, right].flatMap((shape) => (shape ? [between(-1, 1, ...shape)] : [])),
  })),
  {
    name: 'dense, fused with bias and activation',
    f: (a, b, bias) =>
      tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D, bias: bias!, activation: 'sigmoid' }),
    inputs: [between(-1, 1, 3, 4), between(-1, 1, 4, 2), between(-1, 1, 2)],
  },
  {
    name: 'moments',
    f: (x) => {
      const { mean, variance } = tf.moments(x!, [0, 1]);
      return tf.add(mean, tf.square(variance));
    },
    inputs: [between(-1, 1, 3, 2, 2)],
  },
  {
    name: 'batchNorm',
    f: (x, mean, variance, offset, scale) =>
      tf.batchNorm(
        x!,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        offset as tf.Tensor1D,
        scale as tf.Tensor1D,
        1e-3,
      ),
    inputs: [
      between(-1, 1, 2, 3, 2, 3),
      between(-1, 1, 3),
      between(0.5, 2, 3),
      between(-1, 0, 3),
      between(1, 2, 3),
    ],
  },
  {
    name: 'batchNorm of rank 2 without offset and scale',
    f: (x, mean, variance) => tf.batchNorm(x!, mean as tf.Tensor1D, variance as tf.Tensor1D),
    inputs: [between(-1, 1, 4, 3), between(-1, 1, 3), between(0.5, 2, 3)],
  },
  {
    name: 'batchNorm with batch statistics',
    f: (x, scale) => {
      const { mean, variance } = tf.moments(x!, [0, 1, 2]);
      return tf.batchNorm(
        x!,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        undefined,
        scale as tf.Tensor1D,
        1e-3,
      );
    },
    inputs: [between(-1, 1, 2, 3, 2, 2), between(0.5, 2, 2)],
  },
  { name: 'instance norm', f: (x) => instanceNorm(x!), inputs: [between(-1, 1, 2, 3, 3, 2)] },
  {
    name: 'pixel norm',
    f: (x) => tf.mul(x!, tf.rsqrt(tf.add(tf.mean(tf.square(x!), -1, true), 1e-8))),
    inputs: [between(-1, 1, 2, 3, 4)],
  },
  {
    name: 'minibatch discrimination',
    f: (x) =>
      tf.sum(tf.exp(tf.neg(tf.sum(tf.abs(tf.sub(tf.expandDims(x!, 0), tf.expandDims(x!, 1))), 2))), 1),
    inputs: [spaced(4, 3)],
  },
  {
    name: 'minibatch standard deviation',
    f: (x) => tf.mean(tf.sqrt(tf.add(tf.moments(x!, 0).variance, 1e-8)), -1),
    inputs: [between(-1, 1, 4, 3, 2)],
  },
  {
    name: 'localResponseNormalization by its formula',
    f: (x) => tf.div(x!, tf.pow(tf.add(1, tf.avgPool(tf.square(x!) as tf.Tensor4D, 3, 1, 'same')), 0.75)),
    inputs: [between(-1, 1, 1, 3, 3, 2)],
  },
  { name: 'gradientNorm', f: (x) => gradientNorm(x!), inputs: [between(-1, 1, 3, 2, 2)] },
  {
    name: 'sigmoidCrossEntropy',
    f: (x) => tf.losses.sigmoidCrossEntropy(tf.tensor([0.9, 0, 1, 0.5]), x!),
    inputs: [spaced(4)],
  },
  {
    name: 'softmaxCrossEntropy',
    f: (labels, logits) => tf.losses.softmaxCrossEntropy(labels!, logits!),
    inputs: [between(0.1, 1, 3, 4), between(-1, 1, 3, 4)],
  },
  {
    name: 'huberLoss',
    f: (a, b) => tf.losses.huberLoss(tf.mul(a!, 3), b!),
    inputs: [spaced(4, 3), { shape: [4, 3], values: Array(12).fill(0.36) }],
  },
  {
    name: 'absolute difference',
    f: (a, b) => tf.losses.absoluteDifference(a!, b!),
    inputs: [spaced(4, 3), { shape: [4, 3], values: Array(12).fill(0.0) }],
  },
  {
    name: 'critic: conv, leakyRelu, avgPool, dense, tanh',
    f: (x, w, dense) => {
      const h = tf.avgPool(
        tf.leakyRelu(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same'), 0.2),
        2,
        2,
        'same',
      );
      return tf.tanh(tf.matMul(tf.reshape(h, [2, -1]), dense!));
    },
    inputs: [between(0.1, 0.6, 2, 3, 3, 2), between(0.1, 0.4, 3, 3, 2, 2), between(-0.3, 0.3, 8, 2)],
  },
];
