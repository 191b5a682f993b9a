import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { ArchitectureError, textToImageDiscriminator, textToImageGenerator } from './index.js';
import { keeper, trainable } from './testing.js';

const built = keeper();
const mnist = (channels: number) => ({ height: 28, width: 28, channels });
const small = { image: { height: 8, width: 16, channels: 3 }, embedding: 6, seed: 1 };
const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

describe('textToImageGenerator', () => {
  it.each([
    ['none', 1, 5_134_785],
    ['none', 3, 5_136_835],
    ['batch', 1, 5_135_681],
    ['batch', 3, 5_137_731],
  ] as const)('with norm %s and %i channels has %i parameters', (norm, channels, count) => {
    expect(trainable(built(textToImageGenerator({ image: mnist(channels), norm, seed: 1 })))).toBe(count);
  });

  it('compresses a longer embedding by one more layer', () => {
    const model = built(textToImageGenerator({ image: mnist(1), embedding: 512, norm: 'none', seed: 1 }));
    expect(trainable(model)).toBe(5_134_785 + 512 * 256 + 256);
  });

  it('paints in [-1, 1] from text and noise, and both matter', () => {
    const model = built(textToImageGenerator({ ...small, width: 8, latent: 3, text: 4, stages: 3 }));
    tf.tidy(() => {
      const paint = (text: number, noise: number) =>
        model.predict([normal([2, 6], text), normal([2, 3], noise)]) as tf.Tensor;
      const image = paint(1, 2);
      expect(image.shape).toEqual([2, 8, 16, 3]);
      expect(image.abs().max().arraySync()).toBeLessThanOrEqual(1);
      for (const other of [paint(3, 2), paint(1, 3)])
        expect(tf.sub(image, other).abs().max().arraySync()).toBeGreaterThan(1e-4);
    });
  });

  it('starts from the seed', () => {
    const first = (seed: number) => [
      ...built(textToImageGenerator({ ...small, width: 4, seed }))
        .getWeights()[0]!
        .dataSync(),
    ];
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
  });

  it('refuses sides and widths that cannot be halved so often', () => {
    const bad = (options: object) => () => textToImageGenerator({ ...small, ...options });
    expect(bad({ image: mnist(1), stages: 3 })).toThrow(ArchitectureError);
    expect(bad({ image: mnist(1), stages: 3 })).toThrow(/image.height is 28, expected a multiple of 8/);
    expect(bad({ width: 6 })).toThrow(/width is 6, expected a multiple of 4/);
  });
});

describe('textToImageDiscriminator', () => {
  it.each([
    [1, 256, 243_521],
    [3, 256, 245_569],
    [3, 512, 245_569 + 256 * 128],
  ])('for %i channels and embeddings of %i has %i parameters', (channels, embedding, count) => {
    const model = built(textToImageDiscriminator({ image: mnist(channels), embedding, seed: 1 }));
    expect(trainable(model)).toBe(count);
  });

  it('judges image and text together', () => {
    const model = built(textToImageDiscriminator({ ...small, width: 4, text: 5, stages: 1 }));
    tf.tidy(() => {
      const judge = (image: number, text: number) =>
        (model.predict([normal([2, 8, 16, 3], image), normal([2, 6], text)]) as tf.Tensor).dataSync();
      const logits = judge(1, 2);
      expect(logits).toHaveLength(2);
      expect([...judge(3, 2)]).not.toEqual([...logits]);
      expect([...judge(1, 3)]).not.toEqual([...logits]);
    });
  });

  it('refuses sides that cannot be halved so often', () => {
    expect(() => textToImageDiscriminator({ ...small, stages: 4 })).toThrow(
      /image.height is 8, expected a multiple of 16/,
    );
  });
});
