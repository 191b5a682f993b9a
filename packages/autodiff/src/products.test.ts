import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { DisconnectedInputError, hvp, jvp, vjp } from './index.js';

/** f(a, b) = (a b, a^2, sin b) at (2, 0.5); J = [[b, a], [2a, 0], [0, cos b]]. */
const f = (x: tf.Tensor) => {
  const [a, b] = tf.unstack(x) as [tf.Tensor, tf.Tensor];
  return tf.stack([tf.mul(a, b), tf.square(a), tf.sin(b)]);
};
const jacobian = [
  [0.5, 2],
  [4, 0],
  [0, Math.cos(0.5)],
];

function expectClose(actual: () => tf.Tensor, expected: number[]) {
  const got = tf.tidy(() => Array.from(actual().dataSync()));
  expect(got).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(got[i]).toBeCloseTo(value, 5);
}

describe('products with the Jacobian and the Hessian', () => {
  it('vjp is J transposed times v', () => {
    const v = [1, -2, 3];
    const expected = [0, 1].map((column) =>
      v.reduce((sum, vi, row) => sum + vi * jacobian[row]![column]!, 0),
    );
    expectClose(() => vjp(f, tf.tensor1d([2, 0.5]), tf.tensor1d(v)), expected);
  });

  it('jvp is J times v', () => {
    const v = [3, -1];
    expectClose(
      () => jvp(f, tf.tensor1d([2, 0.5]), tf.tensor1d(v)),
      jacobian.map(([p, q]) => p! * v[0]! + q! * v[1]!),
    );
  });

  it('jvp goes through activations, pooling and convolutions', () => {
    tf.tidy(() => {
      const x = tf.linspace(-1, 1, 32).reshape([1, 4, 4, 2]) as tf.Tensor4D;
      const v = tf.cos(tf.mul(x, 5));
      const w = tf.linspace(-0.5, 1, 36).reshape([3, 3, 2, 2]) as tf.Tensor4D;
      const net = (z: tf.Tensor) =>
        tf.maxPool(tf.leakyRelu(tf.conv2d(tf.tanh(z) as tf.Tensor4D, w, 1, 'same'), 0.2), 2, 2, 'valid');
      const h = 1e-2;
      const difference = tf.div(tf.sub(net(tf.add(x, tf.mul(v, h))), net(tf.sub(x, tf.mul(v, h)))), 2 * h);
      const error = tf.max(tf.abs(tf.sub(jvp(net, x, v), difference))).dataSync()[0]!;
      expect(error).toBeLessThan(1e-3 * tf.max(tf.abs(difference)).dataSync()[0]!);
    });
  });

  it('path length: the norm of a vjp is differentiable in the weights', () => {
    // Images W w have the Jacobian W; J^T y = W^T y, and d|W^T y|/dW = y (W^T y)^T / |W^T y|.
    const y = tf.tensor2d([[0.5, -1, 2]]);
    const w = tf.tensor2d([[1, 2]]);
    const weights = tf.tensor2d([
      [1, 0, 2],
      [-1, 3, 1],
    ]);
    expectClose(
      () => tf.grad((m) => tf.norm(vjp((z) => tf.matMul(z, m), w, y)))(weights),
      (() => {
        const p = [0.5 + 4, -0.5 - 3 + 2];
        const length = Math.hypot(...p);
        return p.flatMap((pi) => [0.5, -1, 2].map((yj) => (pi * yj) / length));
      })(),
    );
    tf.dispose([y, w, weights]);
  });

  it('hvp is the second derivative times v', () => {
    // sum x^4: H = diag(12 x^2).
    expectClose(() => hvp((x) => tf.pow(x, 4), tf.tensor1d([1, 2]), tf.tensor1d([3, -1])), [36, -48]);
    expectClose(() => hvp((x) => tf.mul(x, 3), tf.tensor1d([1, 2]), tf.tensor1d([3, -1])), [0, 0]);
  });

  it('names wrong shapes and disconnected inputs', () => {
    tf.tidy(() => {
      const x = tf.tensor1d([2, 0.5]);
      expect(() => vjp(f, x, tf.ones([2]))).toThrow('shape [2], but expected [3], the shape of f(x)');
      expect(() => jvp(f, x, tf.ones([3]))).toThrow('shape [3], but expected [2], the shape of x');
      expect(() => hvp(f, x, tf.ones([3]))).toThrow(ShapeError);
      expect(() => jvp(() => tf.ones([2]), x, x)).toThrow(DisconnectedInputError);
    });
  });
});
