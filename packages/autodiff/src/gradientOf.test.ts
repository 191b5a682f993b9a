import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { DisconnectedInputError, gradientNorm, gradientOf } from './index.js';

const list = (f: () => tf.Tensor) => tf.tidy(() => Array.from(f().dataSync()));

describe('gradientOf', () => {
  it('returns the value and the gradient of every example', () => {
    tf.tidy(() => {
      const { value, gradient } = gradientOf((x) => tf.sum(tf.square(x), 1))(
        tf.tensor2d([
          [1, 2],
          [3, 4],
        ]),
      );
      expect(Array.from(value.dataSync())).toEqual([5, 25]);
      expect(gradient.arraySync()).toEqual([
        [2, 4],
        [6, 8],
      ]);
    });
  });

  it('is differentiated through while variables are trained', () => {
    // D(x) = w x1^2 + b at x = (0.75, 0): the gradient is 1.5 w, the penalty 10 (1.5 w - 1)^2.
    const w = tf.tidy(() => tf.variable(tf.scalar(1)));
    const b = tf.tidy(() => tf.variable(tf.scalar(0)));
    const x = tf.tensor2d([[0.75, 0]]);
    const critic = (z: tf.Tensor) => tf.add(tf.mul(tf.square(tf.slice(z, [0, 0], [1, 1])), w), b);
    const { value, grads } = tf.variableGrads(() =>
      tf.tidy(() => {
        const { value: score, gradient } = gradientOf(critic)(x);
        const penalty = tf.mul(tf.square(tf.sub(gradientNorm(gradient), 1)), 10);
        return tf.add(tf.sum(penalty), tf.mul(tf.sum(score), 2)) as tf.Scalar;
      }),
    );
    expect(value.dataSync()[0]).toBeCloseTo(2.5 + 2 * 0.5625, 5);
    expect(grads[w.name]!.dataSync()[0]).toBeCloseTo(10 * 2 * 0.5 * 1.5 + 2 * 0.5625, 4);
    expect(grads[b.name]!.dataSync()[0]).toBeCloseTo(2, 5);
    tf.dispose([value, grads, w, b, x]);
  });

  it('works through tf.layers models with the layers that a critic has', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [4, 4, 1], filters: 2, kernelSize: 3, strides: 2, padding: 'same' }),
        tf.layers.leakyReLU({ alpha: 0.2 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 1, activation: 'tanh' }),
      ],
    });
    const images = tf.ones([2, 4, 4, 1]);
    const { value, grads } = tf.variableGrads(() => {
      const { gradient } = gradientOf((x) => model.apply(x) as tf.Tensor)(images);
      return tf.mean(tf.square(gradientNorm(gradient)));
    });
    expect(Object.keys(grads)).toHaveLength(model.trainableWeights.length);
    expect(Object.values(grads).every((g) => g.dataSync().every(Number.isFinite))).toBe(true);
    tf.dispose([value, grads, images]);
    model.dispose();
  });

  it('may be nested', () => {
    const cubeCurvature = list(() => {
      const inner = gradientOf((x) => tf.pow(x, 3));
      return gradientOf((x) => inner(x).gradient)(tf.tensor1d([1, 2])).gradient;
    });
    expect(cubeCurvature[0]).toBeCloseTo(6, 4);
    expect(cubeCurvature[1]).toBeCloseTo(12, 4);
  });

  it('names a disconnected input', () => {
    tf.tidy(() => {
      const constant = tf.ones([3]);
      expect(() => gradientOf(() => constant)(tf.zeros([2, 3]))).toThrow(DisconnectedInputError);
      expect(() => gradientOf(() => constant)(tf.zeros([2, 3]))).toThrow('shape [2,3]');
    });
  });
});
