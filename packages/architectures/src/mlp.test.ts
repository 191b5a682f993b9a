import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { ArchitectureError, mlpDiscriminator, mlpGenerator } from './index.js';
import { keeper, trainable } from './testing.js';

const point = { height: 1, width: 1, channels: 2 };
const built = keeper();

describe('the dense networks', () => {
  it('have the parameter counts of WGAN and of the toy data of WGAN-GP', () => {
    const image = { height: 64, width: 64, channels: 3 };
    expect(trainable(built(mlpGenerator({ image: point, latent: 2, seed: 1 })))).toBe(527_874);
    expect(trainable(built(mlpDiscriminator({ image: point, seed: 1 })))).toBe(527_361);
    expect(trainable(built(mlpGenerator({ image, seed: 1 })))).toBe(6_880_768);
    expect(trainable(built(mlpDiscriminator({ image, seed: 1 })))).toBe(6_817_793);
  });

  it('and those of the small perceptron of tutorials', () => {
    const small = { image: { height: 28, width: 28, channels: 1 }, leakySlope: 0.2, seed: 1 };
    const width = [128, 256, 512, 1024];
    expect(trainable(built(mlpGenerator({ ...small, width, norm: 'batch' })))).toBe(1_510_032);
    expect(trainable(built(mlpDiscriminator({ ...small, width: [512, 256] })))).toBe(533_505);
  });

  it('turn noise into images in [-1, 1], and images into logits', () => {
    const image = { height: 3, width: 2, channels: 2 };
    const generator = built(mlpGenerator({ image, latent: 4, width: [8, 6], seed: 1 }));
    const discriminator = built(mlpDiscriminator({ image, width: [8, 6], seed: 1 }));
    expect(discriminator.getLayer('features').outputShape).toEqual([null, 6]);
    tf.tidy(() => {
      const fake = generator.apply(tf.randomNormal([5, 4], 0, 9, 'float32', 3)) as tf.Tensor;
      expect(fake.shape).toEqual([5, 3, 2, 2]);
      expect(fake.abs().max().arraySync()).toBeLessThanOrEqual(1);
      expect((discriminator.apply(fake) as tf.Tensor).shape).toEqual([5, 1]);
    });
  });

  it('take the label into both networks when conditional', () => {
    const small = { image: point, width: [8], classes: 3, seed: 1 };
    const generator = built(mlpGenerator({ ...small, latent: 4 }));
    const discriminator = built(mlpDiscriminator(small));
    tf.tidy(() => {
      const labels = tf.tensor1d([0, 2], 'int32');
      const [first, second] = tf.split(generator.apply([tf.ones([2, 4]), labels]) as tf.Tensor, 2);
      expect(first!.sub(second!).abs().max().arraySync()).toBeGreaterThan(0);
      const [a, b] = (discriminator.apply([tf.ones([2, 1, 1, 2]), labels]) as tf.Tensor).dataSync();
      expect(a).not.toBe(b);
    });
  });

  it("take the discriminator's options", () => {
    const small = { image: point, width: [8, 6], seed: 1 };
    const shared = 2 * 8 + 8 + 8 * 6 + 6 + 6 + 1;
    const count = (options: object) => trainable(built(mlpDiscriminator({ ...small, ...options })));
    expect(count({})).toBe(shared);
    expect(count({ norm: 'layer' })).toBe(shared + 2 * 6);
    expect(count({ spectralNorm: true })).toBe(shared);
    expect(count({ minibatchDiscrimination: 4 })).toBe(shared + 6 * 4 * 5 + 4);
    const dropping = built(mlpDiscriminator({ ...small, dropoutRate: 0.5 }));
    tf.tidy(() => {
      const x = tf.ones([64, 1, 1, 2]);
      const different = (training: boolean) =>
        new Set((dropping.apply(x, { training }) as tf.Tensor).dataSync()).size;
      expect(different(false)).toBe(1);
      expect(different(true)).toBeGreaterThan(1);
    });
  });

  it('refuse to be without a hidden layer', () => {
    expect(() => mlpGenerator({ image: point, width: [], seed: 1 })).toThrow(ArchitectureError);
    expect(() => mlpDiscriminator({ image: point, width: [0], seed: 1 })).toThrow(/width is \[0\]/);
  });
});
