import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { LayerConfigError, LayerShapeError, virtualBatchNorm } from './index.js';

checkFixture('virtualBatchNorm', ({ config }) => virtualBatchNorm(config));

const ones = { gammaInitializer: 'ones' };

describe('virtualBatchNorm', () => {
  it('joins the reference batch with the sample', () => {
    scoped(() => {
      const x = tf.tensor4d([0, 2, 4, 6, 10], [5, 1, 1, 1]);
      const y = virtualBatchNorm({ referenceSize: 4, ...ones }).apply(x) as tf.Tensor;
      expect(y.dataSync()[4]).toBeCloseTo(1.627466, 5);
    });
  });

  it('does not let the other samples in', () => {
    scoped(() => {
      const layer = virtualBatchNorm({ referenceSize: 2, ...ones });
      const last = (third: number) => {
        const x = tf.tensor4d([1, 2, third, 5], [4, 1, 1, 1]);
        return (layer.apply(x) as tf.Tensor).dataSync()[3];
      };
      expect(last(0)).toBe(last(100));
    });
  });

  it('refuses a batch of references alone', () => {
    scoped(() => {
      const layer = virtualBatchNorm({ referenceSize: 2, name: 'vbn' });
      expect(() => layer.apply(tf.ones([2, 1, 1, 1]))).toThrow(
        'vbn expects more than 2 samples: the reference batch, then the samples to normalize, but received [2, 1, 1, 1]',
      );
      expect(() => layer.apply(tf.ones([2, 1, 1, 1]))).toThrow(LayerShapeError);
    });
    expect(() => virtualBatchNorm({ referenceSize: 0 })).toThrow(LayerConfigError);
  });
});
