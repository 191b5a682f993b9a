import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import {
  type FilteredLeakyReluConfig,
  filteredLeakyRelu,
  LayerConfigError,
  LayerShapeError,
  ops,
} from './index.js';

checkFixture('filteredLeakyRelu', ({ config }) => filteredLeakyRelu(config));

const low = { cutoff: 2, width: 12, rate: 32, taps: 12 };
const config: FilteredLeakyReluConfig = {
  upFilter: ops.lowpassFilter(low),
  downFilter: ops.lowpassFilter(low),
  up: 2,
  down: 2,
  padding: [11, 10],
};

describe('filteredLeakyRelu', () => {
  it('keeps the size with the padding of its filters', () => {
    scoped(() => {
      const y = filteredLeakyRelu(config).apply(tf.ones([1, 6, 7, 1])) as tf.Tensor;
      expect(y.shape).toEqual([1, 6, 7, 1]);
    });
  });

  it('makes hardly any frequency that the samples cannot hold, unlike the plain nonlinearity', () => {
    const wave = (shift: number) => {
      const row = tf.sin(
        tf
          .range(0, 48)
          .add(shift)
          .mul((2 * Math.PI * 3) / 16),
      );
      return row.reshape([1, 1, 48, 1]).tile([1, 48, 1, 1]);
    };
    // Results for two half-pixel shifts, interleaved, are the result at twice the rate: what it holds beyond
    // the original rate's limit would have been folded back.
    const foldedShare = (f: (x: tf.Tensor) => tf.Tensor) => {
      const [even, odd] = [0, 0.5].map((shift) =>
        f(wave(shift)).slice([0, 24, 16, 0], [1, 1, 16, 1]).dataSync(),
      );
      const both = Array.from({ length: 32 }, (_, i) => (i % 2 ? odd : even)![i >> 1]!);
      const power = Array.from({ length: 17 }, (_, k) => {
        const part = (wave: (t: number) => number) =>
          both.reduce((sum, v, i) => sum + v * wave((2 * Math.PI * k * i) / 32), 0);
        return part(Math.cos) ** 2 + part(Math.sin) ** 2;
      });
      const sum = (list: number[]) => list.reduce((x, y) => x + y, 0);
      return sum(power.slice(9)) / sum(power.slice(1));
    };
    scoped(() => {
      const filtered = foldedShare((x) => filteredLeakyRelu(config).apply(x) as tf.Tensor);
      const plain = foldedShare((x) => tf.leakyRelu(x, 0.2));
      expect(plain).toBeGreaterThan(1e-3);
      expect(filtered / plain).toBeLessThan(1e-3);
    });
  });

  it('names what it expects', () => {
    const image = tf.input({ shape: [4, 4, 1] });
    expect(() => filteredLeakyRelu({ ...config, padding: [0, 0] }).apply(image)).toThrow(LayerShapeError);
    expect(() => filteredLeakyRelu({ ...config, up: 0 })).toThrow(LayerConfigError);
  });
});
