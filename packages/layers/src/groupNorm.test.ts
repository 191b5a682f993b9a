import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { groupNorm, instanceNorm, LayerConfigError, LayerShapeError } from './index.js';

checkFixture('groupNorm', ({ config }) => groupNorm(config));

describe('groupNorm and instanceNorm', () => {
  it('agree where a group is one channel', () => {
    scoped(() => {
      const x = tf.randomNormal([2, 3, 3, 4], 0, 1, 'float32', 1);
      const [a, b] = [groupNorm({ groups: 4 }), instanceNorm()].map((l) =>
        (l.apply(x) as tf.Tensor).dataSync(),
      );
      a!.forEach((v, i) => {
        expect(v).toBeCloseTo(b![i]!, 5);
      });
    });
  });

  it('leave out the affine weights on request', () => {
    scoped(() => {
      const bare = instanceNorm({ scale: false, center: false });
      bare.apply(tf.ones([1, 2, 2, 3]));
      expect(bare.weights).toHaveLength(0);
      const scaled = groupNorm({ groups: 1, center: false });
      scaled.apply(tf.ones([1, 2, 2, 3]));
      expect(scaled.weights.map((w) => w.originalName)).toEqual([`${scaled.name}/gamma`]);
    });
  });

  it('name the shape that came', () => {
    const image = tf.input({ shape: [4, 4, 6] });
    expect(() => groupNorm({ groups: 4, name: 'g' }).apply(image)).toThrow(
      '@ganjs/layers: g expects channels that are a multiple of groups = 4, but received [batch, 4, 4, 6]',
    );
    expect(() => instanceNorm().apply(tf.input({ shape: [7] }))).toThrow(LayerShapeError);
    expect(() => groupNorm({ groups: 0 })).toThrow(LayerConfigError);
  });

  it('refuse other channels than they were built for', () => {
    scoped(() => {
      const layer = instanceNorm({ name: 'n' });
      layer.apply(tf.ones([1, 2, 2, 3]));
      expect(() => layer.apply(tf.ones([1, 2, 2, 1]))).toThrow(
        'n expects the shapes that it was built for, [1, 2, 2, 3], but received [1, 2, 2, 1]',
      );
    });
  });
});
