import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { LayerConfigError, LayerShapeError, minibatchStdDev } from './index.js';

checkFixture('minibatchStdDev', ({ config }) => minibatchStdDev(config));

describe('minibatchStdDev', () => {
  const appended = (values: number[], groupSize: number) =>
    tf.tidy(() => {
      const y = minibatchStdDev({ groupSize }).apply(
        tf.tensor4d(values, [values.length, 1, 1, 1]),
      ) as tf.Tensor4D;
      return [...y.slice([0, 0, 0, 1]).dataSync()];
    });

  it('appends the deviation of the group', () => {
    for (const v of appended([0, 2, 4, 6], 4)) expect(v).toBeCloseTo(Math.sqrt(5), 6);
    for (const v of appended([0, 2, 1, 5], 4)) expect(v).toBeCloseTo(1.8708287, 6);
  });

  it('takes every (N / G)-th sample into a group', () => {
    appended([0, 2, 1, 5], 2).forEach((v, i) => {
      expect(v).toBeCloseTo([0.5, 1.5][i % 2]!, 6);
    });
    appended([0, 100, 1, 100, 2, 100, 3, 100], 4).forEach((v, i) => {
      expect(v).toBeCloseTo([1.118034, 1e-4][i % 2]!, 6);
    });
  });

  it('says which batch it can split', () => {
    scoped(() => {
      expect(() => minibatchStdDev().apply(tf.ones([6, 1, 1, 1]))).toThrow(
        /multiple of 4 .* received \[6, 1, 1, 1\]/,
      );
      expect(() => minibatchStdDev({ features: 2 }).apply(tf.ones([4, 1, 1, 3]))).toThrow(LayerShapeError);
    });
    expect(() => minibatchStdDev({ groupSize: 0 })).toThrow(LayerConfigError);
  });
});
