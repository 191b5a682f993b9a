import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { equalizedDense, LayerConfigError, LayerShapeError } from './index.js';

checkFixture('equalizedDense', ({ config }) => equalizedDense(config));

describe('equalizedDense', () => {
  it('stores weights of one scale, and works with the He scale', () => {
    scoped(() => {
      const layer = equalizedDense({
        units: 300,
        gain: Math.SQRT2,
        learningRateMultiplier: 0.01,
        kernelInitializer: tf.initializers.randomNormal({ mean: 0, stddev: 100, seed: 1 }),
      });
      const y = layer.apply(tf.randomNormal([200, 50], 0, 1, 'float32', 2)) as tf.Tensor;
      expect(Math.sqrt(tf.moments(y).variance.dataSync()[0]!)).toBeCloseTo(Math.SQRT2, 1);
    });
  });

  it('draws the stored weights from N(0, 1 / multiplier²) by default', () => {
    scoped(() => {
      const layer = equalizedDense({ units: 300, learningRateMultiplier: 0.01 });
      layer.apply(tf.ones([1, 50]));
      const { variance } = tf.moments(layer.weights[0]!.read());
      expect(Math.sqrt(variance.dataSync()[0]!)).toBeGreaterThan(95);
      expect(Math.sqrt(variance.dataSync()[0]!)).toBeLessThan(105);
    });
  });

  it('names what it expects', () => {
    expect(() => equalizedDense({ units: 2 }).apply(tf.input({ shape: [4, 4, 3] }))).toThrow(LayerShapeError);
    expect(() => equalizedDense({ units: 2, learningRateMultiplier: 0 })).toThrow(LayerConfigError);
    expect(() => equalizedDense({ units: 0 })).toThrow(/units to be a whole number >= 1/);
  });
});
