import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as architectures from './index.js';
import {
  dcganDiscriminator,
  dcganGenerator,
  denseDiscriminator,
  denseGenerator,
  maxoutDiscriminator,
  mlpGenerator,
  patchDiscriminator,
  recognitionNetwork,
  residualDiscriminator,
  residualGenerator,
  resnetGenerator,
  srganDiscriminator,
  srresnet,
  tapped,
  textToImageDiscriminator,
  textToImageGenerator,
  unetGenerator,
  vaeDecoder,
  vaeEncoder,
} from './index.js';

const seed = 1;
const image = { height: 16, width: 16, channels: 1 };
const unpaintable = { ...image, channels: -1 };
const norm = 'unknown' as 'batch';

/** Small networks of every builder. */
const builders: Readonly<Record<string, (changes?: object) => tf.LayersModel>> = {
  dcganDiscriminator: (changes) => dcganDiscriminator({ image, width: 2, seed, ...changes }),
  dcganGenerator: (changes) => dcganGenerator({ image, width: 8, latent: 3, seed, ...changes }),
  denseDiscriminator: (changes) => denseDiscriminator({ image, width: 4, seed, ...changes }),
  denseGenerator: (changes) => denseGenerator({ image, width: 4, latent: 3, seed, ...changes }),
  maxoutDiscriminator: (changes) => maxoutDiscriminator({ image, units: 2, pieces: 2, seed, ...changes }),
  mlpGenerator: (changes) => mlpGenerator({ image, latent: 3, hidden: 4, seed, ...changes }),
  patchDiscriminator: (changes) => patchDiscriminator({ image, layers: 1, width: 2, seed, ...changes }),
  recognitionNetwork: (changes) => recognitionNetwork({ features: 5, hidden: 4, seed, ...changes }),
  residualDiscriminator: (changes) => residualDiscriminator({ image, width: 2, seed, ...changes }),
  residualGenerator: (changes) => residualGenerator({ image, width: 2, latent: 3, seed, ...changes }),
  resnetGenerator: (changes) => resnetGenerator({ image, width: 2, blocks: 1, seed, ...changes }),
  srganDiscriminator: (changes) => srganDiscriminator({ image, width: 2, hidden: 3, seed, ...changes }),
  srresnet: (changes) => srresnet({ source: image, width: 2, blocks: 1, seed, ...changes }),
  textToImageDiscriminator: (changes) =>
    textToImageDiscriminator({ image, embedding: 5, width: 2, text: 3, seed, ...changes }),
  textToImageGenerator: (changes) =>
    textToImageGenerator({ image, embedding: 5, latent: 3, text: 4, width: 8, seed, ...changes }),
  unetGenerator: (changes) => unetGenerator({ image, width: 2, seed, ...changes }),
  vaeDecoder: (changes) => vaeDecoder({ image, latent: 3, hidden: 4, filters: [2, 2], seed, ...changes }),
  vaeEncoder: (changes) => vaeEncoder({ image, latent: 3, hidden: 4, filters: [2, 2], seed, ...changes }),
};

/** Options that a builder refuses when some of its layers have their weights. */
const refusedLate: readonly (readonly [builder: string, changes: object])[] = [
  ['dcganDiscriminator', { dropoutRate: 2 }],
  ['dcganDiscriminator', { norm }],
  ['dcganDiscriminator', { minibatchDiscrimination: 1.5 }],
  ['dcganGenerator', { output: 'convolution', image: unpaintable }],
  ['dcganGenerator', { classes: 3, kernel: 1.5 }],
  ['denseDiscriminator', { norm }],
  ['denseDiscriminator', { dropoutRate: -1 }],
  ['denseDiscriminator', { spectralNorm: true, minibatchDiscrimination: 1.5 }],
  ['denseGenerator', { image: unpaintable }],
  ['maxoutDiscriminator', { units: -2, pieces: -2 }],
  ['recognitionNetwork', { continuous: 1.5 }],
  ['residualDiscriminator', { minibatchDiscrimination: 1.5 }],
  ['residualGenerator', { image: unpaintable }],
  ['resnetGenerator', { image: unpaintable, source: image }],
  ['srganDiscriminator', { hidden: 0 }],
  ['srresnet', { source: { ...image, channels: 0 } }],
  ['textToImageDiscriminator', { text: 0 }],
  ['textToImageGenerator', { image: unpaintable }],
  ['unetGenerator', { image: unpaintable, source: image }],
  ['vaeDecoder', { image: unpaintable }],
  ['vaeEncoder', { latent: 0 }],
];

/** The tensors that are left by what must throw. */
function leftBy(build: () => tf.LayersModel): number {
  const before = tf.memory().numTensors;
  expect(build).toThrow();
  return tf.memory().numTensors - before;
}

afterEach(() => void vi.restoreAllMocks());

describe('a builder that fails', () => {
  it('is any that the package exports', () => {
    const functions = Object.entries(architectures).filter(([name, value]) => {
      return typeof value === 'function' && /^[a-z]/.test(name);
    });
    const others = ['patchReceptiveField', 'tapped'];
    expect(functions.map(([name]) => name).sort()).toEqual([...Object.keys(builders), ...others].sort());
  });

  it.each(refusedLate)('leaves no tensor behind: %s with %o', (name, changes) => {
    const made = vi.spyOn(tf.engine(), 'makeVariable');
    expect(leftBy(() => builders[name]!(changes))).toBe(0);
    expect(made, 'weights made before it failed').toHaveBeenCalled();
  });

  it.each(Object.keys(builders))('leaves no tensor behind when memory ends: %s', (name) => {
    const engine = tf.engine();
    const make = engine.makeVariable.bind(engine);
    const spy = vi.spyOn(engine, 'makeVariable');
    builders[name]!().dispose();
    const weights = spy.mock.calls.length;
    expect(weights).toBeGreaterThan(1);
    for (const last of [1, Math.ceil(weights / 2), weights]) {
      let count = 0;
      spy.mockImplementation((...args) => {
        if (++count === last) throw new RangeError('no memory');
        return make(...args);
      });
      expect(leftBy(() => builders[name]!())).toBe(0);
    }
  });

  it('leaves the network alone that was handed in: tapped', () => {
    const network = builders.dcganDiscriminator!();
    expect(leftBy(() => tapped(network, 'features', 'nowhere'))).toBe(0);
    tf.tidy(() => {
      const logits = network.predict(tf.zeros([2, 16, 16, 1])) as tf.Tensor;
      expect(logits.shape).toEqual([2, 1]);
    });
    network.dispose();
  });
});
