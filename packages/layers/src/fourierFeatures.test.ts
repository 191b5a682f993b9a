import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { type Case, checkFixture, expectClose, load, type Saved } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { type FourierFeatures, fourierFeatures, LayerConfigError, LayerShapeError } from './index.js';

interface FourierCase extends Case {
  gaussian: Saved;
  frequencies: Saved;
  phases: Saved;
  transform: Saved;
}

checkFixture<FourierCase>('fourierFeatures', ({ config }) => fourierFeatures(config), {
  prepare: (layer, testCase) => {
    const [frequencies, phases, transform] = layer.nonTrainableWeights;
    frequencies!.write(load(testCase.frequencies));
    phases!.write(load(testCase.phases));
    transform!.write(load(testCase.transform));
  },
});

const config = { size: 36, channels: 2, samplingRate: 16, bandwidth: 2 };

/** The map of two given waves, not mixed. */
function waves(layer: FourierFeatures): tf.Tensor4D {
  const latent = tf.zeros([1, 3]);
  layer.apply(latent);
  const [frequencies, phases] = layer.nonTrainableWeights;
  frequencies!.write(
    tf.tensor2d([
      [1, 0.5],
      [-0.25, 1.5],
    ]),
  );
  phases!.write(tf.tensor1d([0.1, -0.2]));
  layer.trainableWeights[2]!.write(tf.eye(2).mul(Math.SQRT2));
  return layer.apply(latent) as tf.Tensor4D;
}

describe('fourierFeatures', () => {
  it('agrees with published values', () => {
    scoped(() => {
      const y = waves(fourierFeatures(config));
      const at = (row: number, column: number) => [...y.slice([0, row, column, 0], [1, 1, 1, 2]).dataSync()];
      const expected: [number, number, number, number][] = [
        [0, 0, 0.2524919, 0.409725],
        [18, 18, 0.7973207, -0.8474695],
        [5, 30, 0.0588707, 0.409725],
      ];
      for (const [row, column, a, b] of expected) {
        expect(at(row, column)[0]).toBeCloseTo(a, 5);
        expect(at(row, column)[1]).toBeCloseTo(b, 5);
      }
    });
  });

  it('shifts by whole pixels with the transformation', () => {
    scoped(() => {
      const layer = fourierFeatures(config);
      const y = waves(layer);
      layer.setTransform([
        [1, 0, 2 / 16],
        [0, 1, 0],
        [0, 0, 1],
      ]);
      const shifted = layer.apply(tf.zeros([1, 3])) as tf.Tensor4D;
      const difference = shifted
        .slice([0, 0, 0, 0], [1, 36, 34, 2])
        .sub(y.slice([0, 0, 2, 0], [1, 36, 34, 2]));
      expect(difference.abs().max().dataSync()[0]).toBeLessThan(1e-5);
    });
  });

  it('draws frequencies uniformly from the disc', () => {
    scoped(() => {
      const layer = fourierFeatures({ ...config, channels: 1000, size: 1, kernelInitializer: 'zeros' });
      layer.build([null, 3]);
      const [frequencies] = layer.nonTrainableWeights;
      const radius = [...tf.norm(frequencies!.read(), 2, 1).dataSync()];
      expect(Math.max(...radius)).toBeLessThan(2);
      expect(radius.reduce((a, b) => a + b) / 1000).toBeCloseTo(4 / 3, 1);
      expect(Math.abs(radius.filter((r) => r < 1).length / 1000 - 0.25)).toBeLessThan(0.05);
    });
  });

  it('turns Gaussian pairs into the frequencies of the reference', () => {
    scoped(() => {
      const layer = fourierFeatures({ ...config, frequencyInitializer: 'ones' });
      layer.build([null, 3]);
      const along = (2 * Math.exp(-0.5)) / Math.SQRT2;
      const expected = { shape: [2, 2], values: Array(4).fill(along) as number[] };
      expectClose(layer.nonTrainableWeights[0]!.read(), expected, 1e-6, 'frequencies');
    });
  });

  it('names what it expects', () => {
    expect(() => fourierFeatures({ ...config, bandwidth: 8 })).toThrow(LayerConfigError);
    expect(() => fourierFeatures(config).apply(tf.input({ shape: [4, 4, 3] }))).toThrow(LayerShapeError);
    expect(() => fourierFeatures(config).setTransform([])).toThrow(
      /setTransform is not possible now: call apply before it/,
    );
  });
});
