import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maxoutDiscriminator, maxoutGanGenerator } from './index.js';

const image = { height: 28, width: 28, channels: 1 };
let generator: tf.LayersModel;
let discriminator: tf.LayersModel;
beforeAll(() => {
  generator = maxoutGanGenerator({ image, seed: 1 });
  discriminator = maxoutDiscriminator({ image, seed: 1 });
});
afterAll(() => {
  generator.dispose();
  discriminator.dispose();
});

describe('the networks of the first GAN', () => {
  it('have its parameter counts', () => {
    expect(generator.countParams()).toBe(2_503_984);
    expect(discriminator.countParams()).toBe(1_231_441);
  });

  it('turn noise into pixels in [-1, 1] and pixels into logits near zero', () => {
    tf.tidy(() => {
      const fake = generator.apply(tf.randomNormal([2, 100], 0, 1, 'float32', 5)) as tf.Tensor;
      expect(fake.shape).toEqual([2, 28, 28, 1]);
      expect(tf.max(tf.abs(fake)).arraySync()).toBeLessThanOrEqual(1);
      const logits = discriminator.apply(fake) as tf.Tensor;
      expect(logits.shape).toEqual([2, 1]);
      expect(tf.max(tf.abs(logits)).arraySync()).toBeLessThan(0.1);
    });
  });

  it('computes maxout: the largest of the pieces', () => {
    tf.tidy(() => {
      const x = tf.randomUniform([3, 28, 28, 1], -1, 1, 'float32', 9);
      const [kernel, bias] = discriminator.getLayer('maxout1').getWeights();
      const pieces = x
        .reshape([3, 784])
        .matMul(kernel as tf.Tensor2D)
        .add(bias!)
        .reshape([3, 5, 240]);
      const model = tf.model({
        inputs: discriminator.inputs,
        outputs: discriminator.getLayer('maxout1_max').output as tf.SymbolicTensor,
      });
      const difference = (model.apply(x) as tf.Tensor).sub(pieces.max(1)).abs().max();
      expect(difference.arraySync()).toBeLessThan(1e-6);
    });
  });
});
