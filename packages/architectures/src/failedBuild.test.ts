import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as architectures from './index.js';
import {
  cycleganGenerator,
  dcganDiscriminator,
  dcganGenerator,
  maxoutDiscriminator,
  maxoutGanGenerator,
  mlpDiscriminator,
  mlpGenerator,
  patchDiscriminator,
  recognitionNetwork,
  resnetDiscriminator,
  resnetGenerator,
  srganDiscriminator,
  srresnet,
  textToImageDiscriminator,
  textToImageGenerator,
  unetGenerator,
  vaeDecoder,
  vaeEncoder,
  withFeatures,
} from './index.js';

const seed = 1;
const image = { height: 16, width: 16, channels: 1 };
const unpaintable = { ...image, channels: -1 };

/** Small networks of every builder. */
const builders: Readonly<Record<string, (changes?: object) => tf.LayersModel>> = {
  dcganDiscriminator: (changes) => dcganDiscriminator({ image, width: 2, seed, ...changes }),
  dcganGenerator: (changes) => dcganGenerator({ image, width: 8, latent: 3, seed, ...changes }),
  mlpDiscriminator: (changes) => mlpDiscriminator({ image, width: 4, seed, ...changes }),
  mlpGenerator: (changes) => mlpGenerator({ image, width: 4, latent: 3, seed, ...changes }),
  maxoutDiscriminator: (changes) => maxoutDiscriminator({ image, units: 2, pieces: 2, seed, ...changes }),
  maxoutGanGenerator: (changes) => maxoutGanGenerator({ image, latent: 3, hiddenUnits: 4, seed, ...changes }),
  patchDiscriminator: (changes) => patchDiscriminator({ image, layers: 1, width: 2, seed, ...changes }),
  recognitionNetwork: (changes) => recognitionNetwork({ features: 5, hiddenUnits: 4, seed, ...changes }),
  resnetDiscriminator: (changes) => resnetDiscriminator({ image, width: 2, seed, ...changes }),
  resnetGenerator: (changes) => resnetGenerator({ image, width: 2, latent: 3, seed, ...changes }),
  cycleganGenerator: (changes) => cycleganGenerator({ image, width: 2, blocks: 1, seed, ...changes }),
  srganDiscriminator: (changes) => srganDiscriminator({ image, width: 2, hiddenUnits: 3, seed, ...changes }),
  srresnet: (changes) => srresnet({ source: image, width: 2, blocks: 1, seed, ...changes }),
  textToImageDiscriminator: (changes) =>
    textToImageDiscriminator({ image, embedding: 5, width: 2, text: 3, seed, ...changes }),
  textToImageGenerator: (changes) =>
    textToImageGenerator({ image, embedding: 5, latent: 3, text: 4, width: 8, seed, ...changes }),
  unetGenerator: (changes) => unetGenerator({ image, width: 2, seed, ...changes }),
  vaeDecoder: (changes) =>
    vaeDecoder({ image, latent: 3, hiddenUnits: 4, filters: [2, 2], seed, ...changes }),
  vaeEncoder: (changes) =>
    vaeEncoder({ image, latent: 3, hiddenUnits: 4, filters: [2, 2], seed, ...changes }),
};

/** Options that a builder refuses when some of its layers have their weights. */
const refusedLate: readonly (readonly [builder: string, changes: object])[] = [
  ['dcganDiscriminator', { dropoutRate: 2 }],
  ['dcganDiscriminator', { minibatchDiscrimination: 1.5 }],
  ['dcganGenerator', { output: 'convolution', image: unpaintable }],
  ['dcganGenerator', { classes: 3, kernelSize: 1.5 }],
  ['mlpDiscriminator', { dropoutRate: -1 }],
  ['mlpDiscriminator', { spectralNorm: true, minibatchDiscrimination: 1.5 }],
  ['mlpGenerator', { image: unpaintable }],
  ['maxoutDiscriminator', { units: -2, pieces: -2 }],
  ['recognitionNetwork', { continuous: 1.5 }],
  ['resnetDiscriminator', { minibatchDiscrimination: 1.5 }],
  ['resnetGenerator', { image: unpaintable }],
  ['cycleganGenerator', { image: unpaintable, source: image }],
  ['srganDiscriminator', { hiddenUnits: 0 }],
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
    const others = ['patchReceptiveField', 'withFeatures'];
    expect(functions.map(([name]) => name).sort()).toEqual([...Object.keys(builders), ...others].sort());
  });

  it.each(refusedLate)('leaves no tensor behind: %s with %o', (name, changes) => {
    const made = vi.spyOn(tf.engine(), 'makeVariable');
    expect(leftBy(() => builders[name]!(changes))).toBe(0);
    expect(made, 'weights made before it failed').toHaveBeenCalled();
  });

  it.each([
    'dcganDiscriminator',
    'dcganGenerator',
    'mlpDiscriminator',
    'mlpGenerator',
    'resnetDiscriminator',
    'resnetGenerator',
    'cycleganGenerator',
    'patchDiscriminator',
    'unetGenerator',
    'srganDiscriminator',
    'srresnet',
    'textToImageGenerator',
  ])('%s refuses a norm that it does not know, instead of taking it for none', (name) => {
    expect(() => builders[name]!({ norm: 'bacth' })).toThrow(
      /no norm "bacth"\. Did you mean "batch"|no norm "bacth"\. Choose/,
    );
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

  it('leaves the network alone that was handed in: withFeatures', () => {
    const network = builders.dcganDiscriminator!();
    expect(leftBy(() => withFeatures(network, 'features', 'nowhere'))).toBe(0);
    tf.tidy(() => {
      const logits = network.predict(tf.zeros([2, 16, 16, 1])) as tf.Tensor;
      expect(logits.shape).toEqual([2, 1]);
    });
    network.dispose();
  });
});
