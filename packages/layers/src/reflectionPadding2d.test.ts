import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { LayerConfigError, LayerShapeError, reflectionPadding2d } from './index.js';

checkFixture('reflectionPadding2d', ({ config }) => reflectionPadding2d(config));

describe('reflectionPadding2d', () => {
  it('counts the mirrored pixels in the gradient', () => {
    scoped(() => {
      const layer = reflectionPadding2d({
        padding: [
          [0, 0],
          [1, 1],
        ],
      });
      const x = tf.tensor4d([1, 2, 3], [1, 1, 3, 1]);
      expect([...(layer.apply(x) as tf.Tensor).dataSync()]).toEqual([2, 1, 2, 3, 2]);
      const gradient = tf.grad((v) => (layer.apply(v) as tf.Tensor).sum())(x);
      expect([...gradient.dataSync()]).toEqual([1, 3, 1]);
    });
  });

  it('names what it expects', () => {
    expect(() => reflectionPadding2d({ padding: 3 }).apply(tf.input({ shape: [8, 3, 1] }))).toThrow(
      /a width above the padding, 3, but received \[batch, 8, 3, 1\]/,
    );
    expect(() => reflectionPadding2d({ padding: 1 }).apply(tf.input({ shape: [8] }))).toThrow(
      LayerShapeError,
    );
    expect(() => reflectionPadding2d({ padding: -1 })).toThrow(LayerConfigError);
  });
});
