import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { equalizedConv2d, LayerConfigError, LayerShapeError, ops } from './index.js';

checkFixture('equalizedConv2d', ({ config }) => equalizedConv2d(config));

describe('ops.resampledConv2d', () => {
  const kernel = tf.tidy(() => [...tf.range(1, 10).dataSync()]);
  const run = (image: number[][], resample: ops.Resample) => {
    const size = image.length;
    const x = tf.tensor(image).reshape([1, size, size, 1]) as tf.Tensor4D;
    const y = ops.resampledConv2d(x, tf.tensor4d(kernel, [3, 3, 1, 1]), { resample });
    return [...y.dataSync()];
  };

  it('agrees with published values', () => {
    scoped(() => {
      const up = run(
        [
          [1, 2],
          [3, 4],
        ],
        'up',
      );
      [
        [17.0625, 29.6875, 37.25, 33.9375],
        [36, 60.625, 73.4375, 64.6875],
        [56.25, 90.625, 105.3125, 89.4375],
        [63.9375, 99.4375, 111.875, 92.0625],
      ]
        .flat()
        .forEach((v, i) => {
          expect(up[i]).toBeCloseTo(v, 4);
        });
      const image = Array.from({ length: 4 }, (_, i) => Array.from({ length: 4 }, (__, j) => 4 * i + j));
      run(image, 'down').forEach((v, i) => {
        expect(v).toBeCloseTo([183.921875, 206.46875, 264.359375, 268.53125][i]!, 4);
      });
    });
  });
});

describe('equalizedConv2d', () => {
  it('predicts its output shape', () => {
    const image = tf.input({ shape: [8, null as unknown as number, 3] });
    const shape = (config: object) => {
      const layer = equalizedConv2d({ filters: 5, kernelSize: 3, ...config });
      const { shape: out } = layer.apply(image) as tf.SymbolicTensor;
      layer.dispose();
      return out;
    };
    expect(shape({})).toEqual([null, 8, null, 5]);
    expect(shape({ resample: 'up' })).toEqual([null, 16, null, 5]);
    expect(shape({ resample: 'down' })).toEqual([null, 4, null, 5]);
    expect(shape({ padding: 'full' })).toEqual([null, 10, null, 5]);
    expect(shape({ padding: 'valid' })).toEqual([null, 6, null, 5]);
  });

  it('names what it expects', () => {
    const conv = (config: object) => equalizedConv2d({ filters: 2, kernelSize: 3, ...config });
    expect(() => conv({ kernelSize: 4 })).toThrow('equalizedConv2d needs kernelSize to be odd, but it is 4');
    expect(() => conv({ resample: 'double' })).toThrow(LayerConfigError);
    expect(() => conv({ padding: 'reflect' })).toThrow(LayerConfigError);
    expect(() => conv({}).apply(tf.input({ shape: [4] }))).toThrow(LayerShapeError);
    scoped(() => {
      const down = conv({ resample: 'down' });
      expect(() => down.apply(tf.input({ shape: [5, 4, 1] }))).toThrow(/even height and width/);
    });
  });
});
