import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { type Case, checkFixture, load, type Saved } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import {
  conditionalBatchNorm,
  instanceNorm,
  LayerConfigError,
  LayerShapeError,
  residualBlock,
} from './index.js';

interface BlockCase extends Case {
  vectors: Saved[];
}

const templates = {
  instance: () => instanceNorm(),
  conditionalBatch: () => conditionalBatchNorm({ classes: 3 }),
};

checkFixture<BlockCase>(
  'residualBlock',
  ({ config }) => {
    const { normalization, ...rest }: { normalization: keyof typeof templates | null; filters: number } =
      config;
    return residualBlock({ ...rest, norm: normalization && templates[normalization]() });
  },
  {
    // A spectral norm would move u in training; batch statistics are those of training.
    training: ({ config }) => (config as { normalization: string }).normalization === 'conditionalBatch',
    prepare: (layer, { vectors }) => {
      const us = layer.nonTrainableWeights.filter((w) => w.originalName.endsWith('/u'));
      expect(us).toHaveLength(vectors.length);
      us.forEach((u, i) => {
        u.write(load(vectors[i]!));
      });
    },
  },
);

describe('residualBlock', () => {
  it('names its weights after their places', () => {
    scoped(() => {
      const block = residualBlock({
        filters: 2,
        resample: 'up',
        spectralNorm: true,
        norm: tf.layers.batchNormalization({ axis: -1 }),
        name: 'block',
      });
      block.apply(tf.ones([1, 2, 2, 3]));
      expect(block.trainableWeights.map((w) => w.originalName)).toEqual([
        'block/norm_1/gamma',
        'block/norm_1/beta',
        'block/conv_1/conv/kernel',
        'block/conv_1/conv/bias',
        'block/norm_2/gamma',
        'block/norm_2/beta',
        'block/conv_2/conv/kernel',
        'block/conv_2/conv/bias',
        'block/shortcut/conv/kernel',
        'block/shortcut/conv/bias',
      ]);
    });
  });

  it('gives convolutions of one seed different kernels', () => {
    scoped(() => {
      const block = residualBlock({ filters: 2, kernelInitializer: tf.initializers.heNormal({ seed: 3 }) });
      block.apply(tf.ones([1, 2, 2, 2]));
      const [first, , second] = block.trainableWeights.map((w) => w.read().dataSync());
      expect(first).not.toEqual(second);
    });
  });

  it('has the parameters of the blocks of SNGAN', () => {
    scoped(() => {
      const count = (layer: tf.layers.Layer, channels: number) => {
        layer.build([null, 8, 8, channels]);
        return layer.trainableWeights.reduce((n, w) => n + w.read().size, 0);
      };
      const norm = tf.layers.batchNormalization({ axis: -1 });
      const conv = (k: number, i: number, o: number) => k * k * i * o + o;
      expect(count(residualBlock({ filters: 16, resample: 'up', norm }), 16)).toBe(
        2 * 32 + 2 * conv(3, 16, 16) + conv(1, 16, 16),
      );
      expect(count(residualBlock({ filters: 16 }), 16)).toBe(2 * conv(3, 16, 16));
    });
  });

  it('names what it expects', () => {
    expect(() =>
      residualBlock({ filters: 2, resample: 'down' }).apply(tf.input({ shape: [3, 4, 2] })),
    ).toThrow(LayerShapeError);
    expect(() => residualBlock({ filters: 2, resample: 'half' as never })).toThrow(LayerConfigError);
    expect(() => residualBlock({ filters: 2, hiddenFilters: 0 })).toThrow(LayerConfigError);
  });
});
