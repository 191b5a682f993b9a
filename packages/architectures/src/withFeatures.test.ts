import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArchitectureError, dcganDiscriminator, withFeatures } from './index.js';

const image = { height: 8, width: 8, channels: 1 };
let network: tf.LayersModel;
let both: tf.LayersModel;
beforeAll(() => {
  network = dcganDiscriminator({ image, width: 4, dropoutRate: 0, seed: 1 });
  both = withFeatures(network, 'features');
});
afterAll(() => void network.dispose());

describe('withFeatures', () => {
  it('has the weights of the network, in their order', () => {
    const variables = (model: tf.LayersModel) => model.trainableWeights.map((weight) => weight.read());
    expect(variables(both).length).toBe(variables(network).length);
    for (const [i, variable] of variables(network).entries()) expect(variables(both)[i]).toBe(variable);
  });

  it("gives the network's output, then the layers'", () => {
    tf.tidy(() => {
      const x = tf.randomUniform([3, 8, 8, 1], -1, 1, 'float32', 2);
      const [logits, features] = both.apply(x) as tf.Tensor[];
      expect([...logits!.dataSync()]).toEqual([...(network.apply(x) as tf.Tensor).dataSync()]);
      const [kernel, bias] = network.getLayer('logit').getWeights();
      const expected = tf.add(tf.matMul(features as tf.Tensor2D, kernel as tf.Tensor2D), bias!);
      expect(logits!.sub(expected).abs().max().arraySync()).toBeLessThan(1e-6);
    });
  });

  it('lets gradients of the layers reach weights and input', () => {
    tf.tidy(() => {
      const x = tf.randomUniform([3, 8, 8, 1], -1, 1, 'float32', 2);
      const loss = (at: tf.Tensor) => (both.apply(at, { training: true }) as tf.Tensor[])[1]!.square().mean();
      const largest = (gradient: tf.Tensor) => gradient.abs().max().arraySync();
      expect(largest(tf.grad(loss)(x))).toBeGreaterThan(0);
      const kernelSize = network.getLayer('down1').trainableWeights[0]!.read() as tf.Variable;
      const { grads } = tf.variableGrads(() => loss(x).asScalar(), [kernelSize]);
      expect(largest(grads[kernelSize.name]!)).toBeGreaterThan(0);
    });
  });

  it('names the layers there are when one is asked for that is not', () => {
    expect(() => withFeatures(network, 'feature')).toThrow(ArchitectureError);
    expect(() => withFeatures(network, 'feature')).toThrow(/no layer "feature".*features, logit/);
  });
});
