import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { enableHigherOrderGradients } from '../src/index.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
  enableHigherOrderGradients();
});

/** Functions whose result has no elements, of inputs that may have some: all derivatives are 0, in the inputs' shapes. */
const cases: Readonly<
  Record<string, readonly [f: (...inputs: tf.Tensor[]) => tf.Tensor, ...shapes: number[][]]>
> = {
  add: [(a, b) => tf.add(a!, b!), [0, 3], [1, 3]],
  subtract: [(a, b) => tf.sub(a!, b!), [0, 3], [1, 3]],
  multiply: [(a, b) => tf.mul(a!, b!), [1, 3], [0, 3]],
  divide: [(a, b) => tf.div(a!, b!), [0, 3], [1, 3]],
  'divide what is broadcast': [(a, b) => tf.div(a!, b!), [1, 3], [0, 3]],
  maximum: [(a, b) => tf.maximum(a!, b!), [1, 3], [0, 3]],
  power: [(a, b) => tf.pow(a!, b!), [1, 3], [0, 3]],
  'squared difference': [(a, b) => tf.squaredDifference(a!, b!), [0, 3], [3]],
  'a scalar': [(a, b) => tf.mul(a!, b!), [], [2, 0]],
  tile: [(x) => tf.tile(x!, [0, 1]), [2, 3]],
  topk: [(x) => tf.topk(x!, 2).values, [0, 3]],
  slice: [(x) => tf.slice(x!, [0, 0], [0, 3]), [2, 3]],
  stridedSlice: [(x) => tf.stridedSlice(x!, [1, 0], [1, 3]), [2, 3]],
  gather: [(x) => tf.gather(x!, tf.tensor1d([], 'int32')), [2, 3]],
};

describe('the derivative of what becomes nothing', () => {
  it.each(Object.keys(cases))('%s', (name) => {
    const [f, ...shapes] = cases[name]!;
    tf.tidy(() => {
      const inputs = shapes.map((shape) => tf.ones(shape));
      const derivatives = tf.grads(f as (...inputs: tf.Tensor[]) => tf.Tensor)(inputs);
      expect(derivatives.map(({ shape }) => shape)).toEqual(shapes);
      for (const derivative of derivatives) {
        expect(Array.from(derivative.dataSync()).every((value) => value === 0)).toBe(true);
      }
    });
  });
});
