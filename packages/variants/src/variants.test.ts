import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { registerWasmBackend } from '@ganjs/backend-wasm';
import { testVariant } from '@ganjs/testkit';
import { isVariant } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { variants } from './index.js';
import { last, play, variantOf } from './testing.js';

const smallFamily = { latent: 5, generatorWidth: 16, discriminatorWidth: 4, discriminatorSteps: 1 };

/** Settings that make a variant's networks small enough for a test. */
const small: Record<string, object> = {
  gan: { latent: 5, hidden: 16, maxoutUnits: 8 },
  dcgan: smallFamily,
  cgan: smallFamily,
  lsgan: smallFamily,
  wgan: smallFamily,
  'wgan-gp': smallFamily,
  srgan: {
    blocks: 1,
    width: 4,
    outerKernel: 3,
    discriminatorWidth: 2,
    discriminatorHidden: 8,
    pretrain: 0.5,
  },
  'text-to-image': { latent: 5, text: 7, generatorWidth: 8, discriminatorWidth: 4 },
  infogan: { latent: 5, generatorWidth: 8, discriminatorWidth: 4, hidden: 12, recognitionWidth: 6 },
  vae: { latent: 3, hidden: 12 },
  pix2pix: { generatorWidth: 2, discriminatorWidth: 2, discriminatorLayers: 1 },
  cyclegan: { generatorWidth: 2, blocks: 1, discriminatorWidth: 2, discriminatorLayers: 1 },
};

/** For each key of a configuration a value that is not the default, and what must be set for it to matter. */
type Others = Record<string, unknown | { readonly value: unknown; readonly with: object }>;
const others: Record<string, Others> = {
  gan: {
    latent: 6,
    hidden: 8,
    maxoutUnits: 4,
    maxoutPieces: 2,
    loss: 'minimax',
    optimizer: 'sgd',
    learningRate: 1e-3,
    momentum: 0.9,
  },
  // Stands for all of its family, which share its configuration.
  dcgan: {
    backbone: 'mlp',
    latent: 6,
    generatorWidth: 32,
    discriminatorWidth: 8,
    generatorStages: 2,
    discriminatorStages: 2,
    output: 'convolution',
    kernel: 3,
    hidden: 4,
    refine: false,
    generatorNorm: 'none',
    normMomentum: 0.5,
    discriminatorNorm: { value: 'layer', with: { discriminatorStages: 2 } },
    spectralNorm: true,
    minibatchDiscrimination: 3,
    generatorSlope: 0.1,
    slope: 0.1,
    dropout: 0,
    initialDeviation: 0.1,
    generators: { value: 2, with: { updates: 'alternating' } },
    discriminators: { value: 2, with: { updates: 'alternating' } },
    loss: 'hinge',
    realTarget: 0.9,
    flipLabels: 0.5,
    penalty: 'r1',
    penaltyWeight: { value: 1, with: { penalty: 'r1' } },
    penaltyEvery: { value: 2, with: { penalty: 'r1' } },
    clip: 0.01,
    featureMatching: 1,
    modeSeeking: 1,
    augment: 'diffaugment',
    instanceNoise: 0.1,
    updates: 'alternating',
    optimizer: 'rmsprop',
    learningRate: 1e-3,
    discriminatorLearningRate: 1e-3,
    decayFrom: 0,
    beta1: 0.5,
    beta2: 0.9,
    discriminatorSteps: { value: 2, with: { updates: 'alternating' } },
    ema: 0.9,
  },
  srgan: {
    blocks: 2,
    width: 8,
    outerKernel: 5,
    upsampling: 'upsampling2d',
    norm: 'none',
    output: 'tanh',
    discriminatorWidth: 4,
    discriminatorHidden: 4,
    discriminatorNorm: { value: 'none', with: { pretrain: 0 } },
    pretrain: 0,
    contentWeight: 2,
    adversarialWeight: 1,
    learningRate: 1e-3,
    pretrainLearningRate: 1e-3,
    dropFrom: 0,
    beta1: 0.5,
  },
  'text-to-image': {
    latent: 6,
    text: 6,
    generatorWidth: 4,
    discriminatorWidth: 8,
    stages: 1,
    norm: 'none',
    slope: 0.1,
    initialDeviation: 0.1,
    learningRate: 1e-3,
    decayFrom: 0,
    beta1: 0.9,
    ema: 0.9,
  },
  infogan: {
    latent: 6,
    categories: 4,
    continuous: 0,
    generatorWidth: 4,
    discriminatorWidth: 8,
    hidden: 8,
    recognitionWidth: 8,
    kernel: 3,
    slope: 0.3,
    initialDeviation: 0,
    normMomentum: 0.5,
    categoricalWeight: 2,
    invariant: true,
    continuousWeight: 1,
    learningRate: 1e-2,
    discriminatorLearningRate: 1e-3,
    decayFrom: 0,
    beta1: 0.9,
    realTarget: 0.9,
    ema: 0.9,
  },
  vae: {
    latent: 4,
    // A bare array would be taken for a value with a `with`.
    filters: { value: [2, 4], with: {} },
    hidden: 0,
    likelihood: 'gaussian',
    deviation: { value: 0.5, with: { likelihood: 'gaussian' } },
    klWeight: 0.5,
    learningRate: 1e-2,
    decayFrom: 0,
  },
  pix2pix: {
    generatorWidth: 4,
    downs: 2,
    dropout: 0,
    normalization: 'batch',
    discriminatorWidth: 4,
    discriminatorLayers: 0,
    mirror: false,
    jitter: 0,
    l1Weight: 10,
    learningRate: 1e-3,
    decayFrom: 0,
    beta1: 0.9,
    ema: 0.9,
  },
  cyclegan: {
    generator: 'unet',
    generatorWidth: 4,
    blocks: 2,
    upsampling: 'resize',
    discriminatorWidth: 4,
    discriminatorLayers: 0,
    discriminatorNorm: 'none',
    cycleWeight: 5,
    identityWeight: 0,
    contextualWeight: 1,
    poolSize: 3,
    learningRate: 1e-3,
    discriminatorLearningRate: 1e-3,
    decayFrom: 0,
    beta1: 0.9,
    ema: 0.9,
  },
};

beforeAll(async () => {
  await registerWasmBackend();
  await tf.setBackend('ganjs-wasm');
});
afterAll(async () => void (await tf.setBackend('cpu')));

describe('all variants', () => {
  it('are listed: one file each', () => {
    const files = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        file.endsWith('.ts') &&
        !file.endsWith('.test.ts') &&
        readFileSync(new URL(file, import.meta.url), 'utf8').includes('defineVariant({'),
    );
    const camel = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    expect(variants.every(isVariant)).toBe(true);
    expect(variants.map(({ name }) => `${camel(name)}.ts`).sort()).toEqual(
      files.map((file) => basename(file)).sort(),
    );
  });

  it('have an entry each, which holds that variant', async () => {
    const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      exports: Record<string, { '@ganjs/source': string } | string>;
    };
    const entries = Object.keys(exports).filter((path) => !['.', './package.json'].includes(path));
    expect(entries.sort()).toEqual(variants.map(({ name }) => `./${name}`).sort());
    for (const variant of variants) {
      const entry = exports[`./${variant.name}`] as { '@ganjs/source': string };
      const module = (await import(`../${entry['@ganjs/source']}`)) as object;
      expect(Object.values(module)).toContain(variant);
    }
  });
});

for (const variant of variants) {
  testVariant(variant, { settings: small[variant.name]!, backends: ['cpu', 'ganjs-wasm'] });
}

describe('every setting reaches the game', () => {
  const shapes = new Set(variants.map(({ config }) => Object.keys(config.shape).join()));

  it('of each kind of configuration', () => {
    expect(new Set(Object.values(others).map((keys) => Object.keys(keys).join()))).toEqual(shapes);
  });

  it.each(Object.entries(others))('of %s', async (name, values) => {
    const tensors = async (settings: object) =>
      last(await play(variantOf(name), { settings: { ...small[name]!, ...settings } }), 'checkpoint')
        .checkpoint.tensors;
    const plain = await tensors({});
    for (const [key, other] of Object.entries(values)) {
      const { value, with: base } =
        typeof other === 'object' && other !== null && 'with' in other
          ? (other as { value: unknown; with: object })
          : { value: other, with: {} };
      const before = Object.keys(base).length > 0 ? await tensors(base) : plain;
      expect(await tensors({ ...base, [key]: value }), `${key}=${String(value)} changes nothing`).not.toEqual(
        before,
      );
    }
  });
});

describe('options', () => {
  it('lets the label change what cgan paints', async () => {
    const { images } = last(await play(variantOf('cgan'), { settings: small.cgan! }), 'sample');
    const { data: pixels } = images;
    expect(pixels.slice(0, 64)).not.toEqual(pixels.slice(64, 128));
  });
});
