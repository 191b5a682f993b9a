import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { pixelNorm } from './index.js';

checkFixture('pixelNorm', () => pixelNorm());

describe('pixelNorm', () => {
  it('makes the mean square 1', () => {
    scoped(() => {
      const y = pixelNorm().apply(tf.tensor2d([[3, 4]])) as tf.Tensor;
      const [a, b] = y.dataSync();
      expect(a).toBeCloseTo(0.84852814, 6);
      expect(b).toBeCloseTo(1.13137085, 6);
    });
  });
});
