import { enableHigherOrderGradients } from '@ganjs/autodiff';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BACKEND_NAME } from '../name.js';
import { registerWasmBackend } from '../register.js';
import { count } from './count.testing.js';

// biome-ignore lint/suspicious/noExplicitAny: functions of tensors of different ranks.
type Case = readonly [f: (...inputs: any[]) => tf.Tensor, ...shapes: number[][]];

const [same, valid] = ['same', 'valid'] as const;

const reductions: Readonly<Record<string, Case>> = {
  'sum over an empty axis': [(x) => tf.sum(x, 1), [3, 0, 2]],
  'sum over an empty axis that stays': [(x) => tf.sum(x, 1, true), [3, 0, 2]],
  'sum of nothing': [(x) => tf.sum(x), [0, 4]],
  'sum over an axis of an empty tensor': [(x) => tf.sum(x, 0), [3, 0]],
  'mean over an empty axis': [(x) => tf.mean(x, 1), [3, 0, 2]],
  'mean over two empty axes': [(x) => tf.mean(x, [0, 2]), [0, 3, 0]],
  'mean of nothing': [(x) => tf.mean(x), [0, 4]],
  'mean over an axis of an empty tensor': [(x) => tf.mean(x, 0), [3, 0]],
  prod: [(x) => tf.prod(x, 1), [3, 0]],
  max: [(x) => tf.max(x, 1), [3, 0]],
  min: [(x) => tf.min(x, 0), [3, 0]],
  norm: [(x) => tf.norm(x, 2, 1), [3, 0]],
  cumsum: [(x) => tf.cumsum(x, 1), [3, 0]],
};

/** Where the output has no elements the derivatives are 0; where it has some, no input but the bias changes it. */
const cases: Readonly<Record<string, Case>> = {
  ...reductions,
  'softmax of empty rows': [(x) => tf.softmax(x), [3, 0]],
  'softmax of no rows': [(x) => tf.softmax(x), [0, 3]],
  'logSoftmax of no rows': [(x) => tf.logSoftmax(x), [0, 3]],
  'matMul without an inner dimension': [tf.matMul, [3, 0], [0, 2]],
  'matMul without an inner dimension, both turned': [(a, b) => tf.matMul(a, b, true, true), [0, 3], [2, 0]],
  'matMul without rows': [tf.matMul, [0, 3], [3, 2]],
  'matMul without a batch': [tf.matMul, [0, 2, 3], [0, 3, 2]],
  dot: [tf.dot, [0], [0]],
  'fused matMul without rows': [
    (a, b, bias) => tf.fused.matMul({ a, b, bias, activation: 'linear' }),
    [0, 2],
    [2, 3],
    [3],
  ],
  'fused relu without rows': [
    (a, b, bias) => tf.fused.matMul({ a, b, bias, activation: 'relu' }),
    [0, 2],
    [2, 3],
    [3],
  ],
  add: [tf.add, [0, 3], [3]],
  multiply: [tf.mul, [2, 0], []],
  divide: [tf.div, [0, 3], [3]],
  maximum: [tf.maximum, [0, 3], [0, 3]],
  where: [(a, b) => tf.where(tf.zeros([0, 2], 'bool'), a, b), [0, 2], [0, 2]],
  addN: [(a, b) => tf.addN([a, b]), [0, 2], [0, 2]],
  relu: [tf.relu, [0, 2]],
  leakyRelu: [(x) => tf.leakyRelu(x), [0, 2]],
  tanh: [tf.tanh, [0, 2]],
  prelu: [tf.prelu, [0, 3], [3]],
  concat: [(a, b) => tf.concat([a, b], 1), [0, 3], [0, 2]],
  stack: [(a, b) => tf.stack([a, b], 1), [0], [0]],
  slice: [(x) => tf.slice(x, [1, 1], [0, 2]), [2, 3]],
  'tile of nothing': [(x) => tf.tile(x, [2, 2]), [0, 3]],
  'tile no times': [(x) => tf.tile(x, [0, 2]), [2, 3]],
  transpose: [(x) => tf.transpose(x, [2, 0, 1]), [2, 0, 3]],
  reverse: [(x) => tf.reverse(x, 0), [0, 3]],
  pad: [
    (x) =>
      tf.pad(x, [
        [0, 0],
        [1, 2],
      ]),
    [0, 2],
  ],
  reshape: [(x) => tf.reshape(x, [3, 0, 5]), [0, 3]],
  gather: [(x) => tf.gather(x, tf.zeros([0], 'int32')), [4, 3]],
  'gather of empty rows': [(x) => tf.gather(x, tf.zeros([2], 'int32')), [4, 0]],
  unsortedSegmentSum: [(x) => tf.unsortedSegmentSum(x, tf.zeros([2], 'int32'), 3), [2, 0]],
  'conv2d of no images': [(x, w) => tf.conv2d(x, w, 1, same), [0, 4, 4, 2], [3, 3, 2, 5]],
  'conv2d of no channels': [(x, w) => tf.conv2d(x, w, 1, same), [1, 4, 4, 0], [3, 3, 0, 2]],
  'conv2d to no channels': [(x, w) => tf.conv2d(x, w, 1, same), [1, 4, 4, 2], [3, 3, 2, 0]],
  'conv2dTranspose of no images': [
    (x, w) => tf.conv2dTranspose(x, w, [0, 8, 8, 5], 2, same),
    [0, 4, 4, 2],
    [3, 3, 5, 2],
  ],
  'fused conv2d of no images': [
    (x, filter, bias) => tf.fused.conv2d({ x, filter, bias, strides: 1, pad: same, activation: 'linear' }),
    [0, 4, 4, 2],
    [3, 3, 2, 2],
    [2],
  ],
  'depthwiseConv2d of no images': [(x, w) => tf.depthwiseConv2d(x, w, 1, same), [0, 4, 4, 2], [3, 3, 2, 2]],
  'avgPool of no images': [(x) => tf.avgPool(x, 2, 2, valid), [0, 4, 4, 2]],
  'maxPool of no channels': [(x) => tf.maxPool(x, 2, 2, valid), [1, 4, 4, 0]],
  'nearest neighbour of no images': [(x) => tf.image.resizeNearestNeighbor(x, [4, 4]), [0, 2, 2, 3]],
  'bilinear to nothing': [(x) => tf.image.resizeBilinear(x, [0, 4]), [1, 2, 2, 3]],
  batchNorm: [
    (x, mean, variance, offset, scale) => tf.batchNorm(x, mean, variance, offset, scale),
    [0, 3],
    [3],
    [3],
    [3],
    [3],
  ],
};

/** TensorFlow.js alone has no derivative of these. */
const products: Readonly<Record<string, Case>> = {
  'cumprod along an empty axis': [(x) => tf.cumprod(x, 1), [3, 0]],
  'cumprod along an empty axis, exclusive': [(x) => tf.cumprod(x, 0, true), [0, 3]],
  'cumprod of nothing along another axis': [(x) => tf.cumprod(x, 0, true, true), [3, 0]],
};

function check([f, ...shapes]: Case): void {
  tf.tidy(() => {
    const gradients = tf.grads(f)(shapes.map((shape) => count(shape)));
    expect(gradients.map(({ shape }) => shape)).toEqual(shapes);
    for (const gradient of gradients) expect(gradient.dataSync().every((v) => v === 0)).toBe(true);
  });
}

let previous = '';

beforeAll(async () => {
  previous = tf.getBackend();
  await registerWasmBackend({ threads: 1 });
});

afterAll(async () => {
  await tf.setBackend(previous);
});

describe.each(['cpu', BACKEND_NAME])('derivatives without elements on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  it.each(Object.entries(cases))('%s', (_, each) => check(each));

  it('of a dense layer without inputs: of the bias, the derivative of the activation', () => {
    tf.tidy(() => {
      const f = (a: tf.Tensor, b: tf.Tensor, bias: tf.Tensor) =>
        tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D, bias, activation: 'relu' });
      const [a, b, bias] = tf.grads(f as never)([count([2, 0]), count([0, 3]), tf.tensor1d([-1, 2, 3])]) as [
        tf.Tensor,
        tf.Tensor,
        tf.Tensor,
      ];
      expect([a.shape, b.shape]).toEqual([
        [2, 0],
        [0, 3],
      ]);
      expect(Array.from(bias.dataSync())).toEqual([0, 2, 2]);
    });
  });
});

describe.each(['cpu', BACKEND_NAME])('corrected derivatives without elements on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
    enableHigherOrderGradients();
  });

  it.each(Object.entries({ ...reductions, ...products }))('%s', (_, each) => check(each));
});
