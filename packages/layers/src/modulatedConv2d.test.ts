import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { LayerShapeError, modulatedConv2d, ops } from './index.js';

checkFixture('modulatedConv2d', ({ config }) => modulatedConv2d(config));

describe('ops.modulatedConv2d', () => {
  it('demodulates every output map of every sample to norm 1', () => {
    scoped(() => {
      const kernel = tf.tensor4d([1, 2], [1, 1, 2, 1]);
      const y = ops.modulatedConv2d(
        tf.ones([2, 1, 1, 2]),
        kernel,
        tf.tensor2d([
          [3, 1],
          [0.5, 0.5],
        ]),
      );
      expect(y.dataSync()[0]).toBeCloseTo(1.38675046, 6);
      expect(y.dataSync()[1]).toBeCloseTo(1.34164071, 6);
    });
  });

  it('does not mind the scale of the styles', () => {
    scoped(() => {
      const x = tf.randomNormal<tf.Rank.R4>([2, 4, 4, 3], 0, 1, 'float32', 1);
      const kernel = tf.randomNormal<tf.Rank.R4>([3, 3, 3, 2], 0, 1, 'float32', 2);
      const styles = tf.randomNormal<tf.Rank.R2>([2, 3], 1, 0.3, 'float32', 3);
      const a = ops.modulatedConv2d(x, kernel, styles);
      const b = ops.modulatedConv2d(x, kernel, styles.mul(10));
      expect(a.sub(b).abs().max().dataSync()[0]).toBeLessThan(2e-6);
    });
  });

  it('refuses shapes that do not agree', () => {
    scoped(() => {
      expect(() =>
        ops.modulatedConv2d(tf.ones([1, 2, 2, 3]), tf.ones([1, 1, 2, 1]), tf.ones([1, 3])),
      ).toThrow(/received \[1, 2, 2, 3\], \[1, 1, 2, 1\], \[1, 3\]/);
    });
  });
});

describe('modulatedConv2d', () => {
  it('refuses styles of another width', () => {
    const inputs = [tf.input({ shape: [4, 4, 3] }), tf.input({ shape: [2] })];
    expect(() => modulatedConv2d({ filters: 2, kernelSize: 3 }).apply(inputs)).toThrow(LayerShapeError);
  });
});
