import { registerWasmBackend } from '@ganjs/backend-wasm';
import { ConfigError } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { last, play, settingOf } from '../testing.js';
import { dcganConfig } from './config.js';
import { dcgan } from './dcgan.js';

const small = { updates: 'alternating', latent: 5, generatorWidth: 8, discriminatorWidth: 4, dropout: 0 };
const setting = settingOf('image-synthesis', 1);
const create =
  (settings: object, image = setting.image) =>
  () =>
    dcgan.create(dcgan.config.parse({ ...small, ...settings }), { ...setting, image });
/** Residual blocks halve the sides three times. */
const sideOf = (backbone: string) => (backbone === 'resnet' ? 16 : 8);
const choicesOf = (key: 'backbone' | 'loss' | 'penalty') =>
  dcganConfig().shape[key].unwrap().options as readonly string[];

beforeAll(async () => {
  await registerWasmBackend();
  await tf.setBackend('ganjs-wasm');
});
afterAll(async () => void (await tf.setBackend('cpu')));

describe.each(choicesOf('backbone'))('backbone %s', (backbone) => {
  describe.each(choicesOf('loss'))('loss %s', (loss) => {
    it.each(choicesOf('penalty'))(
      'penalty %s: two steps with finite weights, or refused',
      async (penalty) => {
        const settings = { ...small, backbone, loss, penalty };
        if (loss === 'wasserstein' && !penalty.endsWith('gradient-penalty')) {
          expect(create(settings)).toThrow(/unbounded critic.*set penalty=gradient-penalty, clip=0.01/);
          return;
        }
        const { checkpoint } = last(await play(dcgan, { settings, side: sideOf(backbone) }), 'checkpoint');
        for (const [name, { data }] of Object.entries(checkpoint.tensors)) {
          expect(data.every(Number.isFinite), name).toBe(true);
        }
      },
    );
  });
});

describe('a mix that cannot work', () => {
  it.each([
    [{ loss: 'wasserstein' }, /unbounded critic/],
    [{ penalty: 'gradient-penalty', discriminatorNorm: 'batch' }, /mixes samples.*layer or none/],
    [{ penalty: 'gradient-penalty', minibatchDiscrimination: 4 }, /mixes samples/],
    [{ penalty: 'gradient-penalty', clip: 0.01 }, /clipped weights cannot reach/],
    [{ clip: 0.01, spectralNorm: true }, /clipping has no effect/],
    [{ penaltyEvery: 4 }, /set a penalty, or penaltyEvery=1/],
    [{ loss: 'hinge', realTarget: 0.9 }, /no label|no labels.*realTarget=1/],
    [{ loss: 'wasserstein', clip: 0.01, flipLabels: 0.1 }, /flipLabels=0/],
    [{ backbone: 'mlp', discriminatorNorm: 'instance' }, /no pixels/],
    [{ backbone: 'resnet', discriminatorNorm: 'batch' }, /layer or none/],
    [{ generators: 2, discriminators: 2 }, /features of one discriminator/],
    [
      { updates: 'simultaneous', discriminatorSteps: 2 },
      /one update of each player; set updates=alternating/,
    ],
    [{ updates: 'simultaneous', discriminators: 2 }, /fakes of its own; set updates=alternating/],
  ])('%j is refused with the reason, before anything is built', (settings, reason) => {
    const { numTensors } = tf.memory();
    expect(create(settings)).toThrow(ConfigError);
    expect(create(settings)).toThrow(reason);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('points need dense networks, and cannot be augmented', () => {
    const point = { height: 1, width: 1, channels: 2 };
    expect(create({}, point)).toThrow(/no sides to halve; set backbone=mlp/);
    expect(create({ backbone: 'mlp', augment: 'classic' }, point)).toThrow(/set augment=none/);
  });
});

describe('lazy regularization', () => {
  it.each(['alternating', 'simultaneous'])(
    '%s: a penalty every second step, of twice the weight',
    async (updates) => {
      const settings = { ...small, updates, penalty: 'r1' };
      const penaltiesOf = async (penaltyEvery: number) =>
        (await play(dcgan, { settings: { ...settings, penaltyEvery } }))
          .filter((event) => event.type === 'step')
          .map(({ losses }) => losses.find(({ term }) => term === 'penalty')?.value);
      const [always, lazy] = [await penaltiesOf(1), await penaltiesOf(2)];
      expect(lazy[0]).toBeCloseTo(2 * always[0]!, 6);
      expect(always[1]).toBeGreaterThan(0);
      expect(lazy[1]).toBeUndefined();
    },
  );
});

describe('techniques together', () => {
  it.each([
    { loss: 'hinge', spectralNorm: true, augment: 'diffaugment' },
    { loss: 'relativistic-average', generators: 3, featureMatching: 0.1, modeSeeking: 0.1 },
    { discriminators: 3, instanceNoise: 0.1, flipLabels: 0.1, realTarget: 0.9 },
    { updates: 'simultaneous', loss: 'relativistic-average', featureMatching: 0.1, modeSeeking: 0.1 },
    { updates: 'simultaneous', penalty: 'r1', augment: 'diffaugment', flipLabels: 0.1, ema: 0.9 },
    { minibatchDiscrimination: 4, discriminatorNorm: 'batch', discriminatorLearningRate: 4e-4, ema: 0.9 },
  ])('%j plays two steps', async (settings) => {
    const { losses } = last(await play(dcgan, { settings: { ...small, ...settings } }), 'step');
    expect(losses.every(({ value }) => Number.isFinite(value))).toBe(true);
  });

  it('several generators make parts of the batch, and a classifier tells them apart', async () => {
    const { losses } = last(await play(dcgan, { settings: { ...small, generators: 2 } }), 'step');
    expect(losses.map(({ move, term }) => `${move}/${term}`)).toEqual([
      'discriminator+classifier/adversarial',
      'discriminator+classifier/classifier',
      'generator+generator2/adversarial',
      'generator+generator2/classifier',
    ]);
  });

  it('clipping holds after every step', async () => {
    const { checkpoint } = last(await play(dcgan, { settings: { ...small, clip: 0.01 } }), 'checkpoint');
    const weights = Object.entries(checkpoint.tensors).filter(([name]) =>
      name.startsWith('discriminator/weights'),
    );
    for (const [, { data }] of weights) {
      expect(Math.max(...Array.from(data, Math.abs))).toBeLessThanOrEqual(Math.fround(0.01));
    }
  });
});
