import { registerWasmBackend } from '@ganjs/backend-wasm';
import { ConfigError, configSettings, parseConfig } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grouped, last, play, settingOf } from '../testing.js';
import { dcgan } from './dcgan.js';

const small = {
  updates: 'alternating',
  latent: 5,
  'generator.width': 8,
  'discriminator.width': 4,
  'discriminator.dropout': 0,
};
const smallWith = (settings: Readonly<Record<string, unknown>>) => grouped({ ...small, ...settings });
const setting = settingOf('image-synthesis', 1);
const create =
  (settings: Readonly<Record<string, unknown>>, image = setting.image) =>
  () =>
    dcgan.create(parseConfig(dcgan, smallWith(settings)), { ...setting, image });
const backbone = (name: string) => ({
  ...(name !== 'dcgan' && { 'discriminator.dropout': undefined }),
  'generator.backbone': name,
  'discriminator.backbone': name,
});
/** Residual blocks halve the sides three times. */
const sideOf = (name: string) => (name === 'resnet' ? 16 : 8);
const choicesOf = (path: string) =>
  configSettings(dcgan.config).find((found) => found.path === path)!.choices!;

beforeAll(async () => {
  await registerWasmBackend();
  await tf.setBackend('ganjs-wasm');
});
afterAll(async () => void (await tf.setBackend('cpu')));

describe.each(choicesOf('generator.backbone'))('backbone %s', (name) => {
  describe.each(choicesOf('objective.loss'))('loss %s', (loss) => {
    it.each(choicesOf('penalty.kind'))(
      'penalty %s: two steps with finite weights, or refused',
      async (penalty) => {
        const settings = { ...backbone(name), 'objective.loss': loss, 'penalty.kind': penalty };
        if (loss === 'wasserstein' && !penalty.endsWith('gradient-penalty')) {
          expect(create(settings)).toThrow(
            /unbounded critic.*set penalty\.kind=gradient-penalty, discriminator\.weightClip=0\.01/,
          );
          return;
        }
        const { checkpoint } = last(
          await play(dcgan, { settings: smallWith(settings), side: sideOf(name) }),
          'checkpoint',
        );
        for (const [name, { data }] of Object.entries(checkpoint.tensors)) {
          expect(data.every(Number.isFinite), name).toBe(true);
        }
      },
    );
  });
});

describe('a mix that cannot work', () => {
  it.each([
    [{ 'objective.loss': 'wasserstein' }, /unbounded critic/],
    [{ 'penalty.kind': 'gradient-penalty', 'discriminator.norm': 'batch' }, /mixes samples.*layer or none/],
    [{ 'penalty.kind': 'gradient-penalty', 'discriminator.minibatchDiscrimination': 4 }, /mixes samples/],
    [
      { 'penalty.kind': 'gradient-penalty', 'discriminator.weightClip': 0.01 },
      /clipped weights cannot reach/,
    ],
    [{ 'discriminator.weightClip': 0.01, 'discriminator.spectralNorm': true }, /clipping has no effect/],
    [{ 'discriminator.batchNormMomentum': 0.9 }, /no statistics to keep; set discriminator\.norm=batch/],
    [
      { 'generator.norm': 'none', 'generator.batchNormMomentum': 0.9 },
      /no statistics to keep; set generator\.norm=batch/,
    ],
    [{ 'objective.loss': 'hinge', 'objective.realTarget': 0.9 }, /no labels.*objective\.realTarget=1/],
    [
      { 'objective.loss': 'wasserstein', 'discriminator.weightClip': 0.01, 'objective.flipLabels': 0.1 },
      /flipLabels=0/,
    ],
    [{ 'generator.count': 2, 'discriminator.count': 2 }, /features of one discriminator/],
    [
      { updates: 'simultaneous', 'discriminator.steps': 2 },
      /one update of each player; set updates=alternating/,
    ],
    [{ updates: 'simultaneous', 'discriminator.count': 2 }, /fakes of its own; set updates=alternating/],
  ])('%j is refused with the reason, before anything is built', (settings, reason) => {
    const { numTensors } = tf.memory();
    expect(create(settings)).toThrow(ConfigError);
    expect(create(settings)).toThrow(reason);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('points need dense networks, and cannot be augmented', () => {
    const point = { height: 1, width: 1, channels: 2 };
    expect(create({}, point)).toThrow(/no sides to halve; set generator\.backbone=mlp/);
    expect(create({ ...backbone('mlp'), 'augmentation.policy': 'classic' }, point)).toThrow(
      /set augmentation\.policy=none/,
    );
  });
});

describe('a setting without effect is refused', () => {
  it.each([
    [
      { ...backbone('mlp'), 'discriminator.dropout': 0.9 },
      'discriminator.dropout',
      'discriminator.backbone=mlp',
    ],
    [{ ...backbone('mlp'), 'generator.kernelSize': 7 }, 'generator.kernelSize', 'generator.backbone=mlp'],
    [
      { ...backbone('resnet'), 'generator.leakySlope': 0.1 },
      'generator.leakySlope',
      'generator.backbone=resnet',
    ],
    [{ 'penalty.weight': 1 }, 'penalty.weight', 'penalty.kind=none'],
    [{ 'penalty.every': 2 }, 'penalty.every', 'penalty.kind=none'],
    [{ 'optimizer.rule': 'rmsprop', 'optimizer.beta1': 0 }, 'optimizer.beta1', 'optimizer.rule=rmsprop'],
  ])('%j', (settings, path, beside) => {
    expect(create(settings)).toThrow(`dcgan has no setting "${path}" with ${beside}`);
  });

  it.each([
    [{ ...backbone('mlp'), 'discriminator.norm': 'instance' }, /discriminator\.norm=instance/],
    [{ ...backbone('resnet'), 'discriminator.norm': 'batch' }, /discriminator\.norm=batch/],
  ])('%j: a norm that the backbone does not have', (settings, message) => {
    expect(create(settings)).toThrow(message);
  });
});

describe('lazy regularization', () => {
  it.each(['alternating', 'simultaneous'])(
    '%s: a penalty every second step, of twice the weight',
    async (updates) => {
      const settings = { updates, 'penalty.kind': 'r1' };
      const penaltiesOf = async (every: number) =>
        (await play(dcgan, { settings: smallWith({ ...settings, 'penalty.every': every }) }))
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
    {
      'objective.loss': 'hinge',
      'discriminator.spectralNorm': true,
      'augmentation.policy': 'diffaugment',
    },
    {
      'objective.loss': 'relativistic-average',
      'generator.count': 3,
      'objective.featureMatching': 0.1,
      'objective.modeSeeking': 0.1,
    },
    {
      'discriminator.count': 3,
      'augmentation.instanceNoise': 0.1,
      'objective.flipLabels': 0.1,
      'objective.realTarget': 0.9,
    },
    {
      updates: 'simultaneous',
      'objective.loss': 'relativistic-average',
      'objective.featureMatching': 0.1,
      'objective.modeSeeking': 0.1,
    },
    {
      updates: 'simultaneous',
      'penalty.kind': 'r1',
      'augmentation.policy': 'diffaugment',
      'objective.flipLabels': 0.1,
      ema: 0.9,
    },
    {
      'discriminator.minibatchDiscrimination': 4,
      'discriminator.norm': 'batch',
      'optimizer.discriminatorLearningRate': 4e-4,
      ema: 0.9,
    },
    { 'generator.backbone': 'resnet', 'discriminator.backbone': 'dcgan' },
  ])('%j plays two steps', async (settings) => {
    const { losses } = last(
      await play(dcgan, { settings: smallWith(settings as Record<string, unknown>), side: 16 }),
      'step',
    );
    expect(losses.every(({ value }) => Number.isFinite(value))).toBe(true);
  });

  it('several generators make parts of the batch, and a classifier tells them apart', async () => {
    const { losses } = last(await play(dcgan, { settings: smallWith({ 'generator.count': 2 }) }), 'step');
    expect(losses.map(({ move, term }) => `${move}/${term}`)).toEqual([
      'discriminator+classifier/adversarial',
      'discriminator+classifier/classifier',
      'generator+generator2/adversarial',
      'generator+generator2/classifier',
    ]);
  });

  it('clipping holds after every step', async () => {
    const { checkpoint } = last(
      await play(dcgan, { settings: smallWith({ 'discriminator.weightClip': 0.01 }) }),
      'checkpoint',
    );
    const weights = Object.entries(checkpoint.tensors).filter(([name]) =>
      name.startsWith('discriminator/weights'),
    );
    for (const [, { data }] of weights) {
      expect(Math.max(...Array.from(data, Math.abs))).toBeLessThanOrEqual(Math.fround(0.01));
    }
  });
});
