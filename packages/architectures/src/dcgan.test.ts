import * as tf from '@tensorflow/tfjs';
import { afterAll, describe, expect, it } from 'vitest';
import { ArchitectureError, dcganDiscriminator, dcganGenerator } from './index.js';

const mnist = { height: 28, width: 28, channels: 1 };
const models: tf.LayersModel[] = [];
const built = (model: tf.LayersModel) => {
  models.push(model);
  return model;
};
afterAll(() => models.forEach((model) => void model.dispose()));

const trainable = (model: tf.LayersModel) =>
  model.trainableWeights.reduce((sum, w) => sum + w.shape.reduce<number>((a, b) => a * (b ?? 1), 1), 0);

describe('the networks of the DCGAN tutorial', () => {
  it('have its parameter counts', () => {
    expect(trainable(built(dcganGenerator({ image: mnist, seed: 1 })))).toBe(2_305_472);
    expect(models.at(-1)!.countParams()).toBe(2_330_944);
    expect(trainable(built(dcganDiscriminator({ image: mnist, seed: 1 })))).toBe(212_865);
  });

  it('keep to ranges and shapes on other images', () => {
    const image = { height: 16, width: 8, channels: 3 };
    const generator = built(dcganGenerator({ image, width: 16, latent: 7, seed: 1 }));
    const discriminator = built(dcganDiscriminator({ image, width: 8, seed: 1 }));
    tf.tidy(() => {
      const fake = generator.apply(tf.randomNormal([5, 7], 0, 1, 'float32', 3), {
        training: true,
      }) as tf.Tensor;
      expect(fake.shape).toEqual([5, 16, 8, 3]);
      expect(tf.max(tf.abs(fake)).arraySync()).toBeLessThanOrEqual(1);
      expect((discriminator.apply(fake, { training: true }) as tf.Tensor).shape).toEqual([5, 1]);
    });
  });

  it('come in a compact form: two doublings and nothing else', () => {
    const generator = built(dcganGenerator({ image: mnist, width: 64, kernel: 4, refine: false, seed: 1 }));
    const dense = 100 * 7 * 7 * 64;
    expect(trainable(generator)).toBe(dense + 2 * 7 * 7 * 64 + 4 * 4 * 64 * 32 + 2 * 32 + 4 * 4 * 32);
    const discriminator = built(dcganDiscriminator({ image: mnist, width: 32, kernel: 4, seed: 1 }));
    expect(trainable(discriminator)).toBe(4 * 4 * 32 + 32 + 4 * 4 * 32 * 64 + 64 + 7 * 7 * 64 + 1);
  });

  it('take a dense layer between noise and map, and between features and logit', () => {
    const compact = { image: mnist, kernel: 4, hidden: 128, seed: 1 };
    expect(trainable(built(dcganGenerator({ ...compact, width: 64, refine: false })))).toBe(454_080);
    expect(trainable(built(dcganDiscriminator({ ...compact, width: 32 })))).toBe(435_041);
  });

  it('start from the seed: equal for one, different for another and between layers', () => {
    const image = { height: 8, width: 8, channels: 1 };
    const weights = (seed: number) => {
      const model = built(dcganGenerator({ image, width: 8, latent: 4, seed }));
      return model.getWeights().map((w) => [...w.dataSync()]);
    };
    expect(weights(1)).toEqual(weights(1));
    expect(weights(1)[0]).not.toEqual(weights(2)[0]);
  });

  it('take the label into both networks when conditional', () => {
    const image = { height: 8, width: 8, channels: 1 };
    const generator = built(dcganGenerator({ image, width: 8, latent: 4, classes: 3, seed: 1 }));
    const discriminator = built(dcganDiscriminator({ image, width: 4, classes: 3, seed: 1 }));
    tf.tidy(() => {
      const noise = tf.ones([2, 4]);
      const labels = tf.tensor1d([0, 2], 'int32');
      const fake = generator.apply([noise, labels]) as tf.Tensor;
      const [first, second] = tf.split(fake, 2);
      expect(first!.sub(second!).abs().max().arraySync()).toBeGreaterThan(0);
      const scores = discriminator.apply([tf.tile(first!, [2, 1, 1, 1]), labels]) as tf.Tensor;
      const [a, b] = scores.dataSync();
      expect(a).not.toBe(b);
    });
  });

  it('refuse sizes that do not divide by 4', () => {
    expect(() => dcganGenerator({ image: { ...mnist, height: 30 }, seed: 1 })).toThrow(ArchitectureError);
    expect(() => dcganGenerator({ image: { ...mnist, height: 30 }, seed: 1 })).toThrow(/image.height is 30/);
  });
});
