import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { ArchitectureError, vaeDecoder, vaeEncoder, withFeatures } from './index.js';
import { keeper, trainable } from './testing.js';

const mnist = { height: 28, width: 28, channels: 1 };
const built = keeper();

describe('the networks of a variational autoencoder', () => {
  it('have the parameter counts of the perceptron and of the convolutional form', () => {
    const perceptron = { image: mnist, seed: 1 };
    expect(trainable(built(vaeEncoder(perceptron))) + trainable(built(vaeDecoder(perceptron)))).toBe(652_824);
    const convolutional = { image: mnist, filters: [32, 64], latent: 2, seed: 1 };
    expect(trainable(built(vaeEncoder({ ...convolutional, hiddenUnits: 16 })))).toBe(69_076);
    expect(trainable(built(vaeDecoder({ ...convolutional, hiddenUnits: 0 })))).toBe(65_089);
  });

  it.each([[[]], [[2, 3]], [[2, 3, 4]]])('go from image to latent space and back, filters %j', (filters) => {
    const small = {
      image: { height: 7, width: 10, channels: 2 },
      latent: 3,
      hiddenUnits: 5,
      filters,
      seed: 1,
    };
    const encoder = built(vaeEncoder(small));
    const decoder = built(vaeDecoder(small));
    tf.tidy(() => {
      const x = tf.randomUniform([4, 7, 10, 2], -1, 1, 'float32', 1);
      const [mean, logVariance] = encoder.apply(x) as tf.Tensor[];
      expect(logVariance!.shape).toEqual([4, 3]);
      const images = decoder.apply(mean!) as tf.Tensor;
      expect(images.shape).toEqual([4, 7, 10, 2]);
      expect(images.abs().max().arraySync()).toBeLessThanOrEqual(1);
    });
  });

  it('show the logits of pixels, halved', () => {
    const decoder = built(
      vaeDecoder({ image: { height: 2, width: 2, channels: 1 }, hiddenUnits: 3, seed: 1 }),
    );
    tf.tidy(() => {
      const z = tf.randomNormal([5, 20], 0, 3, 'float32', 1);
      const [images, half] = withFeatures(decoder, 'to_rgb').apply(z) as tf.Tensor[];
      const again = tf.sub(tf.mul(tf.sigmoid(tf.mul(half!, 2)), 2), 1).reshape(images!.shape);
      expect(images!.sub(again).abs().max().arraySync()).toBeLessThan(1e-6);
    });
  });

  it('refuse to halve an image too often', () => {
    const image = { height: 4, width: 4, channels: 1 };
    expect(() => vaeEncoder({ image, filters: [2, 2, 2], seed: 1 })).toThrow(ArchitectureError);
    expect(() => vaeDecoder({ image, filters: [2, 2, 2], seed: 1 })).toThrow(/halved 1 to 2 times/);
  });
});
