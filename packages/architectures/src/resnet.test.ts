import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { ArchitectureError, resnetDiscriminator, resnetGenerator } from './index.js';
import { keeper, trainable } from './testing.js';

const cifar = { height: 32, width: 32, channels: 3 };
const small = { image: { height: 16, width: 16, channels: 1 }, width: 4, seed: 1 };
const built = keeper();

describe("WGAN-GP's residual networks", () => {
  it('have its parameter counts', () => {
    expect(trainable(built(resnetGenerator({ image: cifar, seed: 1 })))).toBe(1_204_483);
    expect(trainable(built(resnetDiscriminator({ image: cifar, seed: 1 })))).toBe(1_053_825);
  });

  it('double the map, halve the image, and let gradients through to the noise', () => {
    const generator = built(resnetGenerator({ ...small, latent: 5 }));
    const discriminator = built(resnetDiscriminator(small));
    expect(generator.getLayer('map').outputShape).toEqual([null, 4, 4, 4]);
    expect(discriminator.getLayer('block1').outputShape).toEqual([null, 8, 8, 4]);
    expect(discriminator.getLayer('block3').outputShape).toEqual([null, 8, 8, 4]);
    expect(discriminator.getLayer('features').outputShape).toEqual([null, 4]);
    tf.tidy(() => {
      const z = tf.randomNormal([3, 5], 0, 1, 'float32', 2);
      const fake = generator.apply(z, { training: true }) as tf.Tensor;
      expect(fake.shape).toEqual([3, 16, 16, 1]);
      expect(fake.abs().max().arraySync()).toBeLessThanOrEqual(1);
      const score = (noise: tf.Tensor) =>
        (discriminator.apply(generator.apply(noise) as tf.Tensor) as tf.Tensor).sum();
      expect(tf.grad(score)(z).abs().min().arraySync()).toBeGreaterThan(0);
    });
  });

  it('take labels and the options of discriminators', () => {
    const count = (options: object) => trainable(built(resnetDiscriminator({ ...small, ...options })));
    const plain = count({});
    expect(count({ spectralNorm: true })).toBe(plain);
    expect(count({ norm: 'layer' })).toBe(plain + 2 * (2 * 4 + 2 * 4));
    expect(count({ minibatchDiscrimination: 2 })).toBe(plain + 4 * 2 * 5 + 2);
    const generator = built(resnetGenerator({ ...small, latent: 5, classes: 3 }));
    const discriminator = built(resnetDiscriminator({ ...small, classes: 3 }));
    tf.tidy(() => {
      const labels = tf.tensor1d([0, 2], 'int32');
      const [first, second] = tf.split(generator.apply([tf.ones([2, 5]), labels]) as tf.Tensor, 2);
      expect(first!.sub(second!).abs().max().arraySync()).toBeGreaterThan(0);
      const [a, b] = (discriminator.apply([tf.tile(first!, [2, 1, 1, 1]), labels]) as tf.Tensor).dataSync();
      expect(a).not.toBe(b);
    });
  });

  it('refuse images that they cannot halve', () => {
    const image = { height: 8, width: 8, channels: 1 };
    expect(() => resnetDiscriminator({ ...small, image })).toThrow(ArchitectureError);
    expect(() => resnetDiscriminator({ ...small, image })).toThrow(/even side larger than 8; .* serve well$/);
  });
});
