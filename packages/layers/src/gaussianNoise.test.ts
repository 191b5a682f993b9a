import { stream, withStream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { expectRoundTrip } from '../test/support.js';
import { gaussianNoise, LayerConfigError } from './index.js';

describe('gaussianNoise', () => {
  it('adds the noise of the ambient stream while training', () => {
    tf.tidy(() => {
      const x = tf.fill([3, 5], 2);
      const y = withStream(stream(1), () =>
        (gaussianNoise({ deviation: 0.5 }).apply(x, { training: true }) as tf.Tensor).dataSync(),
      );
      const noise = stream(1).normal(15, 0, 0.5);
      y.forEach((v, i) => {
        expect(v).toBeCloseTo(2 + noise[i]!, 6);
      });
    });
  });

  it('is the identity at inference, with gradient 1 in both modes', () => {
    tf.tidy(() => {
      const x = tf.tensor2d([[1, -2, 3]]);
      const layer = gaussianNoise({ deviation: 1 });
      expect([...(layer.apply(x) as tf.Tensor).dataSync()]).toEqual([1, -2, 3]);
      for (const training of [true, false]) {
        const gradient = tf.grad((v) => (layer.apply(v, { training }) as tf.Tensor).sum())(x);
        expect([...gradient.dataSync()]).toEqual([1, 1, 1]);
      }
    });
  });

  it('survives saving and loading', async () => {
    const x = tf.ones([2, 3]);
    await expectRoundTrip(gaussianNoise({ deviation: 0.1 }), x);
    x.dispose();
  });

  it('refuses a negative deviation', () => {
    expect(() => gaussianNoise({ deviation: -1 })).toThrow(LayerConfigError);
  });
});
