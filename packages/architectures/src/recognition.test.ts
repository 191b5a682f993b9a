import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { ArchitectureError, dcganDiscriminator, recognitionNetwork, withFeatures } from './index.js';
import { keeper, trainable } from './testing.js';

const built = keeper();

describe("InfoGAN's recognition network", () => {
  it('has its parameter counts, alone and with the discriminator', () => {
    const image = { height: 28, width: 28, channels: 1 };
    const recognition = built(recognitionNetwork({ features: 1024, seed: 1 }));
    const discriminator = built(
      dcganDiscriminator({ image, kernelSize: 4, hiddenUnits: 1024, norm: 'batch', bias: true, seed: 1 }),
    );
    expect(trainable(recognition)).toBe(133_262);
    expect(trainable(recognition) + trainable(discriminator)).toBe(6_692_431);
  });

  it("guesses the codes from a discriminator's features", () => {
    const image = { height: 8, width: 8, channels: 1 };
    const discriminator = built(dcganDiscriminator({ image, width: 4, hiddenUnits: 6, seed: 1 }));
    const recognition = built(
      recognitionNetwork({ features: 6, categories: 3, continuous: 2, hiddenUnits: 5, seed: 1 }),
    );
    tf.tidy(() => {
      const x = tf.randomUniform([4, 8, 8, 1], -1, 1, 'float32', 1);
      const [, features] = withFeatures(discriminator, 'features').apply(x) as tf.Tensor[];
      const outputs = recognition.apply(features!, { training: true }) as tf.Tensor[];
      expect(outputs.map(({ shape }) => shape)).toEqual([
        [4, 3],
        [4, 2],
        [4, 2],
      ]);
    });
  });

  it('guesses a category alone', () => {
    const recognition = built(recognitionNetwork({ features: 6, continuous: 0, seed: 1 }));
    expect(recognition.outputs.length).toBe(1);
    expect(() => recognitionNetwork({ features: 6, categories: 1, seed: 1 })).toThrow(ArchitectureError);
  });
});
