import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { LayerConfigError, LayerShapeError, ops, pixelShuffle } from './index.js';

checkFixture('pixelShuffle', ({ config }) => pixelShuffle(config));

describe('pixelShuffle', () => {
  it('lays out channels as each framework does', () => {
    scoped(() => {
      const x = tf.range(0, 8).reshape([1, 1, 1, 8]) as tf.Tensor4D;
      const channels = (order: ops.PixelShuffleOrder) =>
        tf.unstack(ops.pixelShuffle(x, 2, order), 3).map((map) => [...map.dataSync()]);
      expect(channels('pytorch')).toEqual([
        [0, 1, 2, 3],
        [4, 5, 6, 7],
      ]);
      expect(channels('tensorflow')).toEqual([
        [0, 2, 4, 6],
        [1, 3, 5, 7],
      ]);
      expect([...ops.pixelShuffle(x, 2, 'tensorflow').dataSync()]).toEqual([
        ...tf.depthToSpace(x, 2).dataSync(),
      ]);
    });
  });

  it('is undone by pixelUnshuffle', () => {
    scoped(() => {
      const x = tf.range(0, 2 * 4 * 6 * 3).reshape([2, 4, 6, 3]) as tf.Tensor4D;
      for (const order of ['pytorch', 'tensorflow'] as const) {
        const y = ops.pixelShuffle(ops.pixelUnshuffle(x, 2, order), 2, order);
        expect(y.dataSync()).toEqual(x.dataSync());
      }
    });
  });

  it('names what it expects', () => {
    expect(() => pixelShuffle({ scale: 2 }).apply(tf.input({ shape: [4, 4, 6] }))).toThrow(
      /multiple of scale² = 4, but received \[batch, 4, 4, 6\]/,
    );
    expect(() => pixelShuffle({ scale: 2 }).apply(tf.input({ shape: [6] }))).toThrow(LayerShapeError);
    expect(() => pixelShuffle({ scale: 2, order: 'keras' as never })).toThrow(LayerConfigError);
  });
});
