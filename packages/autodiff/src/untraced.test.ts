import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { enableHigherOrderGradients, gradientOf, hvp, untraced, variableGradients, vjp } from './index.js';
import { read } from './testing.js';

describe('untraced', () => {
  it('makes a constant of what is computed inside', () => {
    const [gradient] = tf.tidy(() => {
      const x = tf.tensor1d([3]);
      return [
        tf.grad((z) =>
          tf.mul(
            tf.square(z),
            untraced(() => tf.square(z)),
          ),
        )(x),
      ];
    });
    expect(read(gradient)).toEqual([2 * 3 * 9]);
  });

  it('records nothing, and keeps nothing', () => {
    enableHigherOrderGradients();
    const { state } = tf.engine() as unknown as { state: { activeTape: unknown[] } };
    const gradient = tf.tidy(() =>
      tf.grad((z) => {
        const recorded = state.activeTape.length;
        const before = tf.memory().numTensors;
        const y = untraced(() => tf.tidy(() => tf.exp(tf.sin(tf.tanh(z)))));
        expect(state.activeTape).toHaveLength(recorded);
        expect(tf.memory().numTensors).toBe(before + 1);
        return tf.mul(z, y);
      })(tf.tensor1d([0])),
    );
    expect(read(gradient)).toEqual([1]);
  });

  it('leaves recording on when it throws', () => {
    const gradient = tf.tidy(() =>
      tf.grad((z) => {
        expect(() =>
          untraced(() => {
            throw new Error('no');
          }),
        ).toThrow('no');
        return tf.square(z);
      })(tf.tensor1d([2])),
    );
    expect(read(gradient)).toEqual([4]);
  });

  it('lets derivatives be taken inside, which nothing records', () => {
    const w = tf.tidy(() => tf.variable(tf.tensor1d([2])));
    const before = tf.memory().numTensors;
    const cube = (x: tf.Tensor) => tf.mul(w, tf.pow(x, 3));
    const [gradients] = variableGradients(() => {
      const x = tf.tensor1d([2]);
      const slope = untraced(() => gradientOf(cube)(x).gradient);
      const product = untraced(() => vjp(cube, x, tf.tensor1d([10])));
      const bend = untraced(() => hvp(cube, x, tf.tensor1d([1])));
      expect([slope, product, bend].map((t) => t.dataSync()[0])).toEqual([24, 240, 24]);
      return [{ scalar: tf.sum(tf.mul(w, tf.add(slope, tf.add(product, bend)))), variables: [w] }];
    });
    expect(tf.memory().numTensors).toBe(before + 1);
    expect(read(gradients![0])).toEqual([288]);
    w.dispose();
  });

  it('lets derivatives be taken inside of a custom gradient', () => {
    enableHigherOrderGradients();
    const slope = tf.customGrad((x) => ({
      value: tf.grad((z) => tf.pow(z, 3))(x as tf.Tensor),
      gradFunc: (dy: tf.Tensor) => tf.mul(dy, tf.grad((z) => tf.mul(z, 7))(tf.tensor1d([1]))),
    }));
    const gradient = tf.tidy(() => {
      const x = tf.tensor1d([2]);
      expect(slope(x).dataSync()[0]).toBe(12);
      return tf.grad((z) => tf.mul(slope(z), 2))(x);
    });
    expect(read(gradient)).toEqual([14]);
  });
});
