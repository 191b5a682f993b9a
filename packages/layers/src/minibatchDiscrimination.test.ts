import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { LayerConfigError, LayerShapeError, minibatchDiscrimination } from './index.js';

checkFixture('minibatchDiscrimination', ({ config }) => minibatchDiscrimination(config));

describe('minibatchDiscrimination', () => {
  it('counts how close the samples are', () => {
    scoped(() => {
      const layer = minibatchDiscrimination({
        kernels: 2,
        kernelDimension: 2,
        kernelInitializer: tf.initializers.identity({ gain: 1 }),
      });
      const m = [
        [0, 0, 1, 0],
        [1, 0, 1, 0],
        [0, 2, 3, 1],
      ];
      const y = (layer.apply(tf.tensor2d(m)) as tf.Tensor2D).slice([0, 4]).dataSync();
      [1.503215, 2.049787, 1.417667, 2.049787, 1.185122, 1.099574].forEach((v, i) => {
        expect(y[i]).toBeCloseTo(v, 5);
      });
    });
  });

  it('gives equal samples the size of the batch, and each sample alone 1', () => {
    scoped(() => {
      const layer = minibatchDiscrimination({ kernels: 3, kernelDimension: 2 });
      const appended = (n: number) => (layer.apply(tf.ones([n, 4])) as tf.Tensor2D).slice([0, 4]).dataSync();
      expect([...appended(5)]).toEqual(Array(15).fill(5));
      expect([...appended(1)]).toEqual([1, 1, 1]);
    });
  });

  it('names what it expects', () => {
    expect(() =>
      minibatchDiscrimination({ kernels: 2, kernelDimension: 2 }).apply(tf.input({ shape: [4, 4, 3] })),
    ).toThrow(LayerShapeError);
    expect(() => minibatchDiscrimination({ kernels: 0, kernelDimension: 2 })).toThrow(LayerConfigError);
    expect(() => minibatchDiscrimination({ kernels: 2, kernelDimension: 1.5 })).toThrow(
      'minibatchDiscrimination needs kernelDimension to be a whole number >= 1, but it is 1.5',
    );
  });
});
