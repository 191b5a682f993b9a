import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { modelOf, saveAndLoad, scoped } from '../test/support.js';
import { applyConstraint, LayerConfigError, maxNorm, weightClip } from './index.js';

describe('weightClip', () => {
  it('clips', () => {
    scoped(() => {
      const w = tf.variable(tf.tensor1d([-3, -0.005, 0, 2]));
      applyConstraint([w], weightClip({ limit: 0.01 }));
      [-0.01, -0.005, 0, 0.01].forEach((v, i) => {
        expect(w.dataSync()[i]).toBeCloseTo(v, 7);
      });
    });
  });
});

describe('maxNorm', () => {
  it('limits the norm of each output unit', () => {
    scoped(() => {
      const dense = maxNorm({ limit: 2 })
        .apply(
          tf.tensor2d([
            [3, 0.3],
            [4, 0.4],
          ]),
        )
        .dataSync();
      [1.2, 0.3, 1.6, 0.4].forEach((v, i) => {
        expect(dense[i]).toBeCloseTo(v, 5);
      });
      const conv = maxNorm({ limit: 1 }).apply(tf.ones([2, 2, 4, 3]));
      expect(conv.square().sum([0, 1, 2]).sqrt().dataSync()[1]).toBeCloseTo(1, 5);
    });
  });

  it('keeps zeros', () => {
    scoped(() => {
      expect([
        ...maxNorm({ limit: 1 })
          .apply(tf.zeros([2, 2]))
          .dataSync(),
      ]).toEqual([0, 0, 0, 0]);
    });
  });
});

describe('constraints', () => {
  it.each([weightClip, maxNorm])('fit into layers, and are saved with them', async (constraint) => {
    const layer = tf.layers.dense({ units: 2, kernelConstraint: constraint({ limit: 0.5 }), useBias: false });
    const model = modelOf(layer, [3]);
    // TensorFlow.js leaks what a constraint returns while weights are loaded.
    tf.engine().startScope();
    const loaded = await saveAndLoad(model);
    tf.engine().endScope();
    tf.tidy(() => {
      const kernel = loaded.layers[1]!.weights[0]!;
      kernel.write(tf.fill([3, 2], 7));
      expect(kernel.read().abs().max().dataSync()[0]).toBeLessThanOrEqual(0.5 + 1e-6);
    });
    model.dispose();
    loaded.dispose();
  });

  it.each([0, -1, Number.NaN])('refuse the limit %d', (limit) => {
    expect(() => weightClip({ limit })).toThrow(LayerConfigError);
    expect(() => maxNorm({ limit })).toThrow(LayerConfigError);
  });
});
