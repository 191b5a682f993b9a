import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { gradientNorm } from './index.js';

const list = (f: () => tf.Tensor) => tf.tidy(() => Array.from(f().dataSync()));

describe('gradientNorm', () => {
  it('is the norm of each example', () => {
    const norms = list(() => gradientNorm(tf.tensor([3, 4, 0, 0, 5, 12], [3, 2, 1])));
    expect(norms).toEqual([5, 0, 13]);
  });

  it('has a finite derivative at zero, and the unit vector elsewhere', () => {
    const gradient = list(() =>
      tf.grad((g) => gradientNorm(g))(
        tf.tensor2d([
          [3, 4],
          [0, 0],
        ]),
      ),
    );
    expect(gradient[0]).toBeCloseTo(0.6, 6);
    expect(gradient[1]).toBeCloseTo(0.8, 6);
    expect(gradient.slice(2)).toEqual([0, 0]);
  });

  it('has finite second derivatives at zero', () => {
    const second = list(() =>
      tf.grad((g) => tf.square(tf.sub(tf.grad((h) => gradientNorm(h))(g), 1)))(tf.zeros([2, 3])),
    );
    expect(second.every(Number.isFinite)).toBe(true);
  });

  it('refuses a scalar', () => {
    tf.tidy(() => {
      expect(() => gradientNorm(tf.scalar(1))).toThrow(ShapeError);
    });
  });
});
