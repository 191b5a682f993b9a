import { stream, withStream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { expectRoundTrip } from '../test/support.js';
import { Dropout, dropout, LayerConfigError } from './index.js';

const train = (layer: tf.layers.Layer, x: tf.Tensor, step = 0) =>
  withStream(stream(7, 'dropout', step), () => (layer.apply(x, { training: true }) as tf.Tensor).dataSync());

describe('dropout', () => {
  it('drops the given share and keeps the mean while training', () => {
    tf.tidy(() => {
      const y = train(dropout({ rate: 0.3 }), tf.ones([100, 201]));
      const dropped = y.filter((v) => v === 0).length / y.length;
      expect(dropped).toBeGreaterThan(0.28);
      expect(dropped).toBeLessThan(0.32);
      expect(Math.max(...y)).toBeCloseTo(1 / 0.7, 6);
    });
  });

  it('is the identity at inference, and at rate 0', () => {
    tf.tidy(() => {
      const x = tf.tensor2d([[1, -2, 3]]);
      expect([...(dropout({ rate: 0.5 }).apply(x) as tf.Tensor).dataSync()]).toEqual([1, -2, 3]);
      expect([...train(dropout({ rate: 0 }), x)]).toEqual([1, -2, 3]);
    });
  });

  it('repeats with the stream, and changes from step to step', () => {
    tf.tidy(() => {
      const x = tf.ones([50]);
      const layer = dropout({ rate: 0.5 });
      expect(train(layer, x, 1)).toEqual(train(layer, x, 1));
      expect(train(layer, x, 1)).not.toEqual(train(layer, x, 2));
    });
  });

  it('passes the gradient through the kept values only', () => {
    tf.tidy(() => {
      const layer = dropout({ rate: 0.5 });
      const x = tf.ones([4, 5]);
      const run = (v: tf.Tensor) =>
        withStream(stream(3), () => layer.apply(v, { training: true }) as tf.Tensor);
      expect(
        tf
          .grad((v) => run(v).sum())(x)
          .dataSync(),
      ).toEqual(run(x).dataSync());
    });
  });

  it('survives saving and loading', async () => {
    const x = tf.ones([2, 3]);
    await expectRoundTrip(dropout({ rate: 0.25 }), x);
    x.dispose();
    expect(dropout({ rate: 0.25, name: 'd' }).getConfig()).toMatchObject({ rate: 0.25, name: 'd' });
    expect(dropout({ rate: 0.25 })).toBeInstanceOf(Dropout);
  });

  it.each([-0.1, 1, Number.NaN])('refuses rate %d', (rate) => {
    expect(() => dropout({ rate })).toThrow(LayerConfigError);
  });
});
