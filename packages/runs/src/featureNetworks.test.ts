import { registerWasmBackend } from '@ganjs/backend-wasm';
import { encoders } from '@ganjs/encoders';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunError } from './errors.js';
import { type OpenFeatureNetwork, openFeatureNetwork, unloadedFeatureNetwork } from './featureNetworks.js';

const images = [
  { height: 16, width: 16, channels: 3 },
  { height: 28, width: 28, channels: 1 },
  { height: 30, width: 20, channels: 3 },
];

describe('a feature network', () => {
  let network: OpenFeatureNetwork | undefined;
  beforeAll(async () => {
    await tf.setBackend(await registerWasmBackend());
    network = await openFeatureNetwork('inception').catch((error: unknown) => {
      if (!(error instanceof RunError)) throw error;
      return undefined;
    });
  });
  afterAll(() => network?.dispose());

  it.each(images)(
    'tells the shapes of the features of $height x $width x $channels, loaded or not',
    (image) => {
      const shapes = unloadedFeatureNetwork('inception').shapes(image);
      expect(shapes).toHaveLength(4);
      if (!network) return console.log(`The loaded network is not compared: ${encoders.inception.install}`);
      expect(network.shapes(image)).toEqual(shapes);
      const { height, width, channels } = image;
      const { extract } = network;
      const seen = tf.tidy(() => extract(tf.zeros([2, height, width, channels])).map(({ shape }) => shape));
      expect(seen).toEqual(shapes.map((shape) => [2, ...shape]));
    },
  );

  it('has no features while it is not loaded', () => {
    const unloaded = unloadedFeatureNetwork('inception');
    tf.tidy(() => {
      const ones: tf.Tensor4D = tf.ones([1, 16, 16, 3]);
      expect(() => unloaded.extract(ones)).toThrow(/features of inception .* outside of training/);
    });
  });
});
