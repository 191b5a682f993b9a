import type { ImageShape } from '@ganjs/datasets';
import { type BuildContext, ConfigError, disposeGame, type Terms } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { grouped, lossesOf, lossOf, play, settingOf, testOwnVariant } from '../testing.js';
import { srgan } from './srgan.js';

const networks = {
  'generator.blocks': 0,
  'generator.width': 2,
  'generator.outerKernelSize': 1,
  'discriminator.width': 1,
  'discriminator.hiddenUnits': 2,
};
const smallWith = (settings: Record<string, unknown>) => grouped({ ...networks, ...settings });

testOwnVariant(srgan, {
  small: {
    'generator.blocks': 1,
    'generator.width': 4,
    'generator.outerKernelSize': 3,
    'discriminator.width': 2,
    'discriminator.hiddenUnits': 8,
    'objective.pretrain': 0.5,
  },
  others: {
    'generator.blocks': 2,
    'generator.width': 8,
    'generator.outerKernelSize': 5,
    'generator.upsampling': 'upsampling2d',
    'generator.norm': 'none',
    'generator.output': 'tanh',
    'discriminator.width': 4,
    'discriminator.hiddenUnits': 4,
    'discriminator.norm': { value: 'none', with: { 'objective.pretrain': 0 } },
    'objective.pretrain': 0,
    'objective.contentWeight': 2,
    'objective.adversarialWeight': 1,
    'optimizer.learningRate': 1e-3,
    'optimizer.pretrainLearningRate': 1e-3,
    'optimizer.dropFrom': 0,
    'optimizer.beta1': 0.5,
  },
});

const { features: _, ...setting } = settingOf('super-resolution', 1);

/** The second phase's losses where the generator paints `fake`, and every score is 0. */
function losses(fake: tf.Tensor4D, images: tf.Tensor4D, changed: Partial<BuildContext> = {}) {
  const game = srgan.create(srgan.config.parse(smallWith({ 'objective.pretrain': 0 })), {
    ...setting,
    ...changed,
  });
  const judged: tf.Tensor[] = [];
  const scores = (x: tf.Tensor) => {
    judged.push(x);
    return tf.zeros([2, 1]);
  };
  const [, generator, discriminator] = game.moves;
  const shared = new Map<string, tf.Tensor>();
  const context = {
    real: { images, sources: images },
    networks: { generator: () => fake, discriminator: scores },
    share: (name: string, x: tf.Tensor) => {
      shared.set(name, x);
      return x;
    },
    shared: (name: string) => shared.get(name)!,
  };
  try {
    const terms = { ...lossOf(generator)(context), ...prefixed(lossOf(discriminator)(context)) };
    const values = Object.fromEntries(Object.entries(terms).map(([name, term]) => [name, term.arraySync()]));
    return { values, judged };
  } finally {
    disposeGame(game);
  }
}
const prefixed = (terms: Terms) =>
  Object.fromEntries(Object.entries(terms).map(([name, term]) => [`discriminator/${name}`, term]));

describe('srgan', () => {
  it('weighs content and deceit as the paper does, and judges the very image that the generator painted', () => {
    tf.tidy(() => {
      const [fake, images] = [tf.fill<tf.Rank.R4>([2, 8, 8, 1], 0.5), tf.ones<tf.Rank.R4>([2, 8, 8, 1])];
      const { values, judged } = losses(fake, images);
      expect(values.content).toBeCloseTo(0.25, 6);
      expect(values.adversarial).toBeCloseTo(1e-3 * Math.LN2, 8);
      expect(values['discriminator/adversarial']).toBeCloseTo(2 * Math.LN2, 6);
      expect(judged).toEqual([fake, images, fake]);
    });
  });

  it('takes content from the features of an injected network', () => {
    tf.tidy(() => {
      const [fake, images] = [tf.fill<tf.Rank.R4>([2, 8, 8, 1], 0.5), tf.ones<tf.Rank.R4>([2, 8, 8, 1])];
      const { values } = losses(fake, images, {
        features: { shapes: () => [[8, 8, 1]], extract: (x) => [tf.mul(x, 4)] },
      });
      expect(values.content).toBeCloseTo(16 * 0.25, 6);
    });
  });

  it('learns from pixels first, and from the discriminator afterwards', async () => {
    const events = await play(srgan, { settings: smallWith({ 'objective.pretrain': 0.5 }) });
    const steps = events.flatMap((event) => (event.type === 'step' ? [Object.keys(lossesOf(event))] : []));
    expect(steps).toEqual([
      ['pretraining/pixels'],
      ['generator/content', 'generator/adversarial', 'discriminator/adversarial'],
    ]);
  });

  it('refuses sizes that it cannot get from one to the other', () => {
    const create = (source: ImageShape) => () =>
      srgan.create(srgan.config.parse(smallWith({})), { ...setting, source });
    expect(create({ height: 3, width: 3, channels: 1 })).toThrow(ConfigError);
    expect(create({ height: 8, width: 8, channels: 1 })).toThrow(/from 8x8x1 to 8x8x1/);
    expect(create({ height: 2, width: 4, channels: 1 })).toThrow(/2, 4 or 8 times as high and as wide/);
  });
});
