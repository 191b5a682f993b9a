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
  it('hardly changes a shifted smooth signal, unlike the plain nonlinearity', () => {
    scoped(() => {
      const wave = (shift: number) =>
        tf
          .sin(
            tf
              .range(0, 32)
              .add(shift)
              .mul(2 * Math.PI * 0.11),
          )
          .reshape([1, 1, 32, 1])
          .tile([1, 32, 1, 1]);
      // Shifting by half a sample commutes with a nonlinearity whose result is band-limited: compare powers.
      const power = (f: (x: tf.Tensor) => tf.Tensor, shift: number) =>
        f(wave(shift)).slice([0, 12, 8, 0], [1, 1, 16, 1]).square().mean().dataSync()[0]!;
      const filtered = (x: tf.Tensor) => filteredLeakyRelu(config).apply(x) as tf.Tensor;
      expect(filtered(wave(0)).shape).toEqual([1, 32, 32, 1]);
      expect(Math.abs(power(filtered, 0) - power(filtered, 0.5))).toBeLessThan(0.05);
    });
  });

  it('names what it expects', () => {
    const image = tf.input({ shape: [4, 4, 1] });
    expect(() => filteredLeakyRelu({ ...config, padding: [0, 0] }).apply(image)).toThrow(LayerShapeError);
    expect(() => filteredLeakyRelu({ ...config, up: 0 })).toThrow(LayerConfigError);
  });
});
