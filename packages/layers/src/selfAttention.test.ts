import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { type Case, checkFixture, load, type Saved } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { LayerConfigError, LayerShapeError, selfAttention } from './index.js';

interface AttentionCase extends Case {
  vectors: Saved[];
}

checkFixture<AttentionCase>('selfAttention', ({ config }) => selfAttention(config), {
  prepare: (layer, { vectors }) => {
    expect(layer.nonTrainableWeights).toHaveLength(vectors.length);
    layer.nonTrainableWeights.forEach((u, i) => {
      u.write(load(vectors[i]!));
    });
  },
});

describe('selfAttention', () => {
  it('starts as the identity', () => {
    scoped(() => {
      const x = tf.randomNormal([1, 4, 4, 8], 0, 1, 'float32', 1);
      expect((selfAttention().apply(x) as tf.Tensor).dataSync()).toEqual(x.dataSync());
    });
  });

  it('attends as worked out by hand', () => {
    scoped(() => {
      const layer = selfAttention({ keyChannels: 1, valueChannels: 1, pool: false, spectralNorm: false });
      // Channels hold the query, the key and the value of two pixels; the output goes to the first.
      const x = tf.tensor4d([1, 0, 3, 2, 1, 5], [1, 2, 1, 3]);
      layer.apply(x);
      const unit = (i: number) => tf.oneHot(tf.scalar(i, 'int32'), 3).toFloat();
      const [query, key, value, output, gamma] = layer.trainableWeights;
      [query, key, value].forEach((w, i) => {
        w!.write(unit(i).reshape([1, 1, 3, 1]));
      });
      output!.write(unit(0).reshape([1, 1, 1, 3]));
      gamma!.write(tf.scalar(1));
      const y = (layer.apply(x) as tf.Tensor).dataSync();
      expect(y[0]! - 1).toBeCloseTo(4.462117, 5);
      expect(y[3]! - 2).toBeCloseTo(4.761594, 5);
    });
  });

  it('has as many parameters as published', () => {
    scoped(() => {
      const layer = selfAttention();
      layer.build([null, 4, 4, 128]);
      expect(layer.trainableWeights.reduce((n, w) => n + w.read().size, 0)).toBe(20_481);
    });
  });

  it('gives convolutions of one seed different kernels', () => {
    scoped(() => {
      const layer = selfAttention({ kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }) });
      layer.build([null, 4, 4, 8]);
      const [query, key] = layer.trainableWeights.map((w) => w.read().dataSync());
      expect(query).not.toEqual(key);
    });
  });

  it('names what it expects', () => {
    expect(() => selfAttention().apply(tf.input({ shape: [4, 4, 6] }))).toThrow(
      /multiple of 8, but received \[batch, 4, 4, 6\]. Or set keyChannels/,
    );
    expect(() => selfAttention().apply(tf.input({ shape: [5, 4, 8] }))).toThrow(LayerShapeError);
    expect(() => selfAttention({ keyChannels: 0 })).toThrow(LayerConfigError);
  });
});
