import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { LayerConfigError, LayerShapeError, nearestUpsampling2d, ops } from './index.js';

checkFixture('nearestUpsampling2d', ({ config }) => nearestUpsampling2d(config));

describe('nearestUpsampling2d', () => {
  it('is undone by average pooling, of which it is the gradient', () => {
    scoped(() => {
      const x = tf.randomNormal<tf.Rank.R4>([2, 4, 6, 3], 0, 1, 'float32', 1);
      const back = ops.averagePooling2d(ops.nearestUpsampling2d(x, 2), 2);
      expect(back.sub(x).abs().max().dataSync()[0]).toBeLessThan(1e-6);
      const dy = tf.randomNormal<tf.Rank.R4>([2, 2, 3, 3], 0, 1, 'float32', 2);
      const gradient = tf.grad((v) =>
        ops
          .averagePooling2d(v as tf.Tensor4D, 2)
          .mul(dy)
          .sum(),
      )(x);
      const expected = ops.nearestUpsampling2d(dy, 2).div(4);
      expect(gradient.sub(expected).abs().max().dataSync()[0]).toBeLessThan(1e-6);
    });
  });

  it('names what it expects', () => {
    expect(() => nearestUpsampling2d().apply(tf.input({ shape: [4, 4] }))).toThrow(LayerShapeError);
    expect(() => nearestUpsampling2d({ size: 1.5 })).toThrow(LayerConfigError);
  });
});
