import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { LayerConfigError, LayerShapeError, labelEmbedding } from './index.js';

checkFixture('labelEmbedding', ({ config }) => labelEmbedding(config));

describe('labelEmbedding', () => {
  it('takes labels as a column, and gives zeros beyond the classes', () => {
    scoped(() => {
      const layer = labelEmbedding({ classes: 2, units: 3, embeddingsInitializer: 'ones' });
      const y = layer.apply(tf.tensor2d([[1], [2], [-1]])) as tf.Tensor;
      expect([...y.dataSync()]).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0]);
    });
  });

  it('names what it expects', () => {
    expect(() => labelEmbedding({ classes: 2, units: 3 }).apply(tf.input({ shape: [4] }))).toThrow(
      /labels \[batch\] or \[batch, 1\], but received \[batch, 4\]/,
    );
    expect(() => labelEmbedding({ classes: 2, units: 3 }).apply(tf.input({ shape: [1, 1] }))).toThrow(
      LayerShapeError,
    );
    expect(() => labelEmbedding({ classes: 2, units: -3 })).toThrow(LayerConfigError);
  });
});
