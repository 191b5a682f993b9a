import { stream, withStream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { LayerShapeError, noiseInjection } from './index.js';

checkFixture('noiseInjection', ({ config }) => noiseInjection(config));

describe('noiseInjection', () => {
  it('does nothing at first', () => {
    scoped(() => {
      const y = noiseInjection().apply(tf.ones([1, 2, 2, 3])) as tf.Tensor;
      expect([...y.dataSync()]).toEqual(Array(12).fill(1));
    });
  });

  it('draws one number a pixel from the ambient stream', () => {
    scoped(() => {
      const layer = noiseInjection({ strengthInitializer: 'ones' });
      const run = (seed: number) =>
        withStream(stream(seed), () => (layer.apply(tf.zeros([2, 3, 1, 2])) as tf.Tensor).dataSync());
      const noise = stream(5).normal(6);
      expect([...run(5)]).toEqual([...noise].flatMap((v) => [v, v]));
      expect(run(5)).not.toEqual(run(6));
    });
  });

  it('refuses noise of another size', () => {
    const inputs = [tf.input({ shape: [4, 4, 3] }), tf.input({ shape: [4, 5, 1] })];
    expect(() => noiseInjection().apply(inputs)).toThrow(LayerShapeError);
  });
});
