import { registerWasmBackend } from '@ganjs/backend-wasm';
import { ConfigError } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grouped, last, lossesOf, play, settingOf, testOwnVariant } from '../testing.js';
import { cyclegan } from './cyclegan.js';

const networks = {
  'generator.width': 2,
  'generator.blocks': 1,
  'discriminator.width': 2,
  'discriminator.layers': 1,
};
const small = grouped(networks);
const smallWith = (settings: Record<string, unknown>) => grouped({ ...networks, ...settings });

testOwnVariant(cyclegan, {
  small: networks,
  others: {
    'generator.backbone': 'unet',
    'generator.width': 4,
    'generator.blocks': 2,
    'generator.upsampling': 'resize',
    'discriminator.width': 4,
    'discriminator.layers': 0,
    'discriminator.norm': 'none',
    'discriminator.poolSize': 3,
    'objective.cycleWeight': 5,
    'objective.identityWeight': 0,
    'objective.contextualWeight': 1,
    'optimizer.learningRate': 1e-3,
    'optimizer.discriminatorLearningRate': 1e-3,
    'optimizer.decayFrom': 0,
    'optimizer.beta1': 0.9,
    ema: 0.9,
  },
});

beforeAll(async () => {
  await registerWasmBackend();
  await tf.setBackend('ganjs-wasm');
});
afterAll(async () => void (await tf.setBackend('cpu')));

describe('cyclegan', () => {
  it('starts from players that know nothing: 1 for each generator, 1/2 for each discriminator', async () => {
    const losses = lossesOf(last(await play(cyclegan, { settings: small }), 'step'));
    expect(losses['toTarget+toSource/adversarial']).toBeGreaterThan(1.5);
    expect(losses['toTarget+toSource/adversarial']).toBeLessThan(2.5);
    for (const player of ['targetDiscriminator', 'sourceDiscriminator']) {
      expect(losses[`${player}/adversarial`]).toBeGreaterThan(0.3);
      expect(losses[`${player}/adversarial`]).toBeLessThan(0.7);
    }
    // 10 and 5 times twice the mean size of noise in [-1, 1], which is 1/2.
    expect(losses['toTarget+toSource/cycle']).toBeGreaterThan(8);
    expect(losses['toTarget+toSource/cycle']).toBeLessThan(14);
    const identity = losses['toTarget+toSource/identity']!;
    expect(identity / losses['toTarget+toSource/cycle']!).toBeCloseTo(0.5, 1);
  });

  it('keeps fakes of each domain, which checkpoints hold', async () => {
    const { tensors } = last(
      await play(cyclegan, { settings: smallWith({ 'discriminator.poolSize': 10 }) }),
      'checkpoint',
    ).checkpoint;
    for (const pool of ['targetPool', 'sourcePool']) {
      const { shape, data } = tensors[`state/${pool}/0`]!;
      expect(shape).toEqual([10, 8, 8, 1]);
      const filled = Array.from({ length: 10 }, (_, i) =>
        data.subarray(i * 64, (i + 1) * 64).some((value) => value !== 0),
      );
      // Two steps of 4 images.
      expect(filled).toEqual([...new Array<boolean>(8).fill(true), false, false]);
    }
  });

  it('leaves out what has no weight', async () => {
    const settings = smallWith({ 'objective.identityWeight': 0, 'discriminator.poolSize': 0 });
    const events = await play(cyclegan, { settings });
    expect(Object.keys(lossesOf(last(events, 'step')))).toEqual([
      'toTarget+toSource/adversarial',
      'toTarget+toSource/cycle',
      'targetDiscriminator/adversarial',
      'sourceDiscriminator/adversarial',
    ]);
    const { tensors } = last(events, 'checkpoint').checkpoint;
    expect(Object.keys(tensors).filter((name) => name.startsWith('state/'))).toEqual([]);
  });

  it('adds the contextual loss on the features of a network', async () => {
    const step = last(
      await play(cyclegan, { settings: smallWith({ 'objective.contextualWeight': 2 }) }),
      'step',
    );
    expect(lossesOf(step)['toTarget+toSource/contextual']).toBeGreaterThan(0);
    const { features: _, ...blind } = settingOf('unpaired-translation', 1);
    expect(() =>
      cyclegan.create(cyclegan.config.parse({ objective: { contextualWeight: 1 } }), blind),
    ).toThrow(/objective\.contextualWeight 1 without a feature network/);
  });

  it('refuses to compare images of different channels', () => {
    const setting = settingOf('unpaired-translation', 1);
    const colored = { ...setting, image: { ...setting.image, channels: 3 } };
    const create = () => cyclegan.create(cyclegan.config.parse(small), colored);
    expect(create).toThrow(ConfigError);
    expect(create).toThrow(/identityWeight 0.5 with 1 given and 3 wanted channels/);
  });
});
