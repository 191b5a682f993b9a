import { ambientStream, stream, withStream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { modelOf, saveAndLoad, scoped } from '../test/support.js';
import { ambientGlorotUniform, ambientNormal, ambientUniform, residualBlock } from './index.js';

describe('the ambient initializers', () => {
  it('draw what the stream draws', () => {
    scoped(() => {
      const draw = (initializer: ReturnType<typeof tf.initializers.ones>, shape: number[]) =>
        withStream(stream(3), () => initializer.apply(shape).dataSync());
      expect(draw(ambientNormal({ mean: 1, deviation: 2 }), [2, 3])).toEqual(stream(3).normal(6, 1, 2));
      expect(draw(ambientUniform({ low: -2, high: 1 }), [4])).toEqual(stream(3).uniform(4, -2, 1));
      const dense = Math.sqrt(6 / (3 + 5));
      expect(draw(ambientGlorotUniform(), [3, 5])).toEqual(stream(3).uniform(15, -dense, dense));
      const conv = Math.sqrt(6 / (9 * 2 + 9 * 4));
      expect(draw(ambientGlorotUniform(), [3, 3, 2, 4])).toEqual(stream(3).uniform(72, -conv, conv));
    });
  });

  it('start a network the same every time, and no two of its weights alike', () => {
    scoped(() => {
      const weights = (seed: number) =>
        withStream(stream(seed, 'init'), () => {
          const block = residualBlock({ filters: 2, spectralNorm: true });
          block.apply(tf.ones([1, 2, 2, 2]));
          return block.weights.map((w) => [...w.read().dataSync()]);
        });
      expect(weights(1)).toEqual(weights(1));
      expect(weights(1)).not.toEqual(weights(2));
      const [first, , second] = weights(1);
      expect(first).not.toEqual(second);
    });
  });

  it('fit into layers of TensorFlow.js, and draw nothing while a model is loaded', async () => {
    const kernelInitializer = ambientNormal({ mean: 5, deviation: 0.5 });
    const dense = modelOf(tf.layers.dense({ units: 2, kernelInitializer }), [3]);
    const block = modelOf(residualBlock({ filters: 2, spectralNorm: true }), [2, 2, 3]);
    const draws = [vi.spyOn(ambientStream(), 'normal'), vi.spyOn(ambientStream(), 'uniform')];
    const loaded = [await saveAndLoad(dense), await saveAndLoad(block)];
    for (const draw of draws) {
      expect(draw).not.toHaveBeenCalled();
      draw.mockRestore();
    }
    expect(loaded[0]!.layers[1]!.getConfig().kernelInitializer).toEqual({
      className: 'Ganjs>AmbientNormal',
      config: { mean: 5, deviation: 0.5 },
    });
    tf.tidy(() => {
      for (const [i, model] of [dense, block].entries())
        expect(loaded[i]!.getWeights().map((w) => w.dataSync())).toEqual(
          model.getWeights().map((w) => w.dataSync()),
        );
    });
    for (const model of [dense, block, ...loaded]) model.dispose();
  });
});
