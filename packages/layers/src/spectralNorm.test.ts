import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { type Case, checkFixture, expectClose, load, type Saved } from '../test/fixtures.js';
import { saveAndLoad, scoped } from '../test/support.js';
import { equalizedDense, LayerConfigError, projection, spectralNorm } from './index.js';

interface SpectralCase extends Case {
  u: Saved;
  newU: Saved;
}

interface WrapConfig {
  layer: 'dense' | 'conv2d' | 'conv2dTranspose' | 'embedding';
  config: object;
  iterations: number;
}

const uOf = (layer: tf.layers.Layer) => layer.weights.find((w) => w.originalName.endsWith('/u'))!;

checkFixture<SpectralCase>(
  'spectralNorm',
  ({ config }) => {
    const { layer, config: own, iterations }: WrapConfig = config;
    return spectralNorm({ layer: tf.layers[layer](own as never), iterations });
  },
  {
    prepare: (layer, { u, newU, inputs }) => {
      uOf(layer).write(load(u));
      layer.apply(load(inputs[0]!), { training: true });
      expectClose(uOf(layer).read(), newU, 1e-5, 'u after a training call');
      uOf(layer).write(load(u));
    },
  },
);

describe('spectralNorm', () => {
  const dense = (kernel: number[][], u: number[]) => {
    const layer = spectralNorm({ layer: tf.layers.dense({ units: kernel[0]!.length, useBias: false }) });
    layer.apply(tf.ones([1, kernel.length]));
    layer.trainableWeights[0]!.write(tf.tensor2d(kernel));
    uOf(layer).write(tf.tensor1d(u));
    return layer;
  };
  // y = x W / σ with x = (1, 0) and W[0, 0] = 3.
  const sigma = (layer: tf.layers.Layer, training: boolean) =>
    3 / (layer.apply(tf.tensor2d([[1, 0]]), { training }) as tf.Tensor).dataSync()[0]!;

  it('converges to the largest singular value over training calls', () => {
    scoped(() => {
      // The published matrix [[3, 0], [4, 5]] is [outputs, inputs].
      const layer = dense(
        [
          [3, 4],
          [0, 5],
        ],
        [1, 0],
      );
      expect(sigma(layer, true)).toBeCloseTo(5, 5);
      expect(sigma(layer, true)).toBeCloseTo(6.671746, 5);
      expect(sigma(layer, true)).toBeCloseTo(6.7077496, 5);
      for (let i = 0; i < 10; i++) sigma(layer, true);
      expect(sigma(layer, true)).toBeCloseTo(6.7082039, 5);
    });
  });

  it('differentiates through sigma', () => {
    scoped(() => {
      const layer = dense(
        [
          [3, 4],
          [0, 5],
        ],
        [1, 1],
      );
      for (let i = 0; i < 20; i++) sigma(layer, true);
      const kernel = layer.trainableWeights[0]!.read() as tf.Variable;
      const { grads } = tf.variableGrads(
        () => (layer.apply(tf.eye(2)) as tf.Tensor).sum() as tf.Scalar,
        [kernel],
      );
      [0.0894427, -0.0298142, 0.0894427, -0.0298142].forEach((v, i) => {
        expect(grads[kernel.name]!.dataSync()[i]).toBeCloseTo(v, 5);
      });
    });
  });

  it('keeps u at inference, and does not change the stored kernel', () => {
    scoped(() => {
      const layer = dense(
        [
          [3, 4],
          [0, 5],
        ],
        [1, 0],
      );
      expect(sigma(layer, false)).toBeCloseTo(5, 5);
      expect(sigma(layer, false)).toBeCloseTo(5, 5);
      expect([...uOf(layer).read().dataSync()]).toEqual([1, 0]);
      expect([...layer.trainableWeights[0]!.read().dataSync()]).toEqual([3, 4, 0, 5]);
    });
  });

  it('counts weights once, u not among the trainable ones', () => {
    scoped(() => {
      const layer = spectralNorm({
        layer: tf.layers.conv2d({ filters: 4, kernelSize: 3, name: 'c' }),
        name: 's',
      });
      layer.apply(tf.ones([1, 5, 5, 2]));
      expect(layer.trainableWeights.map((w) => w.originalName)).toEqual(['s/c/kernel', 's/c/bias']);
      expect(layer.nonTrainableWeights.map((w) => w.originalName)).toEqual(['s/u']);
      layer.trainable = false;
      expect(layer.trainableWeights).toHaveLength(0);
      expect(layer.nonTrainableWeights).toHaveLength(3);
    });
  });

  it('wraps layers of this package, with several inputs too, and saves u', async () => {
    const features = tf.input({ shape: [6] });
    const labels = tf.input({ shape: [] });
    const hidden = spectralNorm({ layer: equalizedDense({ units: 3 }) }).apply(features) as tf.SymbolicTensor;
    const score = spectralNorm({ layer: projection({ classes: 4 }) }).apply([hidden, labels]);
    const model = tf.model({ inputs: [features, labels], outputs: score as tf.SymbolicTensor });
    const x = tf.randomNormal([5, 6], 0, 1, 'float32', 1);
    const y = tf.tensor1d([0, 1, 2, 3, 0]);
    for (let i = 0; i < 3; i++) tf.dispose(model.apply([x, y], { training: true }) as tf.Tensor);
    const loaded = await saveAndLoad(model);
    const [before, after] = tf.tidy(() =>
      [model, loaded].map((m) => (m.apply([x, y]) as tf.Tensor).dataSync()),
    );
    expect(after).toEqual(before);
    tf.dispose([x, y]);
    model.dispose();
    loaded.dispose();
  });

  it('refuses a layer without a kernel', () => {
    scoped(() => {
      const layer = spectralNorm({ layer: tf.layers.layerNormalization() });
      expect(() => layer.apply(tf.ones([1, 3]))).toThrow(LayerConfigError);
      expect(() => spectralNorm({ layer: tf.layers.flatten(), iterations: 0 })).toThrow(LayerConfigError);
    });
  });
});
