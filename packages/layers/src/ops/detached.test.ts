import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { scoped } from '../../test/support.js';
import { detached } from './detached.js';

describe('detached', () => {
  it('is a constant to the gradient, of first and second order', () => {
    scoped(() => {
      const f = (x: tf.Tensor) => x.mul(detached(() => x.square())).sum() as tf.Scalar;
      const x = tf.tensor1d([1, 2, 3]);
      expect([...tf.grad(f)(x).dataSync()]).toEqual([1, 4, 9]);
      const second = tf.grad((v) =>
        tf
          .grad((w) =>
            w
              .square()
              .mul(detached(() => w))
              .sum(),
          )(v)
          .sum(),
      );
      expect([...second(x).dataSync()]).toEqual([2, 4, 6]);
    });
  });
});
