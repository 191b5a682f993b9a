import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { checkFixture, expectClose, load, readCases, type Saved } from '../test/fixtures.js';
import { scoped } from '../test/support.js';
import { conditionalBatchNorm, LayerConfigError, LayerShapeError } from './index.js';

checkFixture('conditionalBatchNorm', ({ config }) => conditionalBatchNorm(config), { training: () => true });

interface Statistics {
  inputs: Saved[];
  movingMean: Saved;
  movingVariance: Saved;
  output: Saved;
}

describe('conditionalBatchNorm', () => {
  it('moves its statistics as PyTorch does, and uses them at inference', () => {
    const [expected] = readCases<Statistics>('conditionalBatchNormStatistics');
    scoped(() => {
      const layer = conditionalBatchNorm({ classes: 1 });
      const [first, second, third] = expected!.inputs.map(load);
      const labels = tf.zeros([2]);
      for (const x of [first!, second!]) layer.apply([x, labels], { training: true });
      const [mean, variance] = layer.nonTrainableWeights.map((w) => w.read());
      expectClose(mean!, expected!.movingMean, 1e-5, 'moving mean');
      expectClose(variance!, expected!.movingVariance, 1e-5, 'moving variance');
      expectClose(layer.apply([third!, labels]) as tf.Tensor, expected!.output, 1e-5, 'output');
      expectClose(mean!, expected!.movingMean, 1e-5, 'moving mean after inference');
    });
  });

  it('starts as plain batch normalization, with labels of either shape', () => {
    scoped(() => {
      const x = tf.randomNormal([4, 2, 2, 3], 1, 2, 'float32', 1);
      const run = (labels: tf.Tensor) =>
        (conditionalBatchNorm({ classes: 5 }).apply([x, labels], { training: true }) as tf.Tensor).dataSync();
      const { mean, variance } = tf.moments(x, [0, 1, 2]);
      const expected = x.sub(mean).div(variance.add(1e-5).sqrt()).dataSync();
      const [flat, column] = [
        run(tf.tensor1d([0, 4, 2, 2], 'int32')),
        run(tf.tensor2d([[1], [3], [0], [4]])),
      ];
      expected.forEach((v, i) => {
        expect(flat[i]).toBeCloseTo(v, 5);
        expect(column[i]).toBeCloseTo(v, 5);
      });
    });
  });

  it('names what it expects', () => {
    const image = tf.input({ shape: [4, 4, 3] });
    expect(() => conditionalBatchNorm({ classes: 3 }).apply([image, tf.input({ shape: [7] })])).toThrow(
      /labels \[batch\] or \[batch, 1\], but received \[batch, 4, 4, 3\], \[batch, 7\]/,
    );
    expect(() => conditionalBatchNorm().apply(image)).toThrow(LayerShapeError);
    expect(() => conditionalBatchNorm({ momentum: 1 })).toThrow(LayerConfigError);
    expect(() => conditionalBatchNorm({ classes: 0 })).toThrow(LayerConfigError);
  });
});
