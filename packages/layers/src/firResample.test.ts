import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { firResample, LayerConfigError, LayerShapeError } from './index.js';

checkFixture('firResample', ({ config }) => firResample(config));

describe('firResample', () => {
  it('keeps the brightness away from the border', () => {
    scoped(() => {
      for (const config of [{ up: 2 }, { down: 2 }, { filter: [1, 2, 1] }]) {
        const y = firResample(config).apply(tf.ones([1, 8, 8, 1])) as tf.Tensor4D;
        const middle = y.shape[1] / 2;
        expect(y.slice([0, middle, middle, 0], [1, 1, 1, 1]).dataSync()[0]).toBeCloseTo(1, 6);
      }
    });
  });

  it('names what it expects', () => {
    expect(() => firResample({ up: 2, down: 2 })).toThrow(LayerConfigError);
    expect(() => firResample().apply(tf.input({ shape: [4] }))).toThrow(LayerShapeError);
  });
});
