import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { adaIN, LayerShapeError } from './index.js';

checkFixture('adaIN', () => adaIN());

describe('adaIN', () => {
  it('gives each map the mean and deviation of the style', () => {
    scoped(() => {
      const x = tf.randomNormal([1, 8, 8, 1], 3, 2, 'float32', 1);
      const y = adaIN().apply([x, tf.tensor2d([[0.5, -1]])]) as tf.Tensor;
      const { mean, variance } = tf.moments(y);
      expect(mean.dataSync()[0]).toBeCloseTo(-1, 5);
      expect(Math.sqrt(variance.dataSync()[0]!)).toBeCloseTo(1.5, 5);
    });
  });

  it('refuses a style of another width', () => {
    const inputs = [tf.input({ shape: [4, 4, 3] }), tf.input({ shape: [5] })];
    expect(() => adaIN().apply(inputs)).toThrow(
      /style \[batch, 6\].*received \[batch, 4, 4, 3\], \[batch, 5\]/,
    );
    expect(() => adaIN().apply(tf.input({ shape: [4, 4, 3] }))).toThrow(LayerShapeError);
  });
});
