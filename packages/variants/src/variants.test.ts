import { readdirSync, readFileSync } from 'node:fs';
import { fromArrays } from '@ganjs/datasets';
import { stream } from '@ganjs/random';
import { disposeGame, isVariant, type LabelledBatch, type TrainEvent, train } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { variants } from './index.js';

const image = { height: 8, width: 8, channels: 1 };
const data = fromArrays({
  name: 'noise',
  images: Uint8Array.from(stream(1).integers(24 * 64, 256)),
  image,
  labels: Uint8Array.from({ length: 24 }, (_, i) => i % 3),
  classes: ['a', 'b', 'c'],
});

/** Settings that make a variant's networks small enough for a test. */
const small: Record<string, object> = {
  gan: { latent: 5, hidden: 16, maxoutUnits: 8 },
  dcgan: { latent: 5, generatorWidth: 16, discriminatorWidth: 4 },
  cgan: { latent: 5, generatorWidth: 16, discriminatorWidth: 4 },
};

async function run(name: string, seed: number, settings: object = {}): Promise<TrainEvent[]> {
  const variant = variants.find((v) => v.name === name)!;
  const game = variant.create(variant.config.parse({ ...small[name], ...settings }), {
    image,
    classes: 3,
    seed,
  });
  const events: TrainEvent[] = [];
  const labels = tf.tensor1d([0, 1, 2], 'int32');
  const options = { batch: 8, seed, length: { steps: 2 }, samples: 3, sampleGiven: { labels } };
  for await (const event of train(game, data as Parameters<typeof train<LabelledBatch>>[1], options))
    events.push(event);
  labels.dispose();
  disposeGame(game);
  return events;
}

const last = <T extends TrainEvent['type']>(events: TrainEvent[], type: T) =>
  events.findLast((event): event is Extract<TrainEvent, { type: T }> => event.type === type)!;

describe('all variants', () => {
  it('are listed: one file each', () => {
    const files = readdirSync(new URL('.', import.meta.url)).filter(
      (file) =>
        file.endsWith('.ts') &&
        !file.endsWith('.test.ts') &&
        readFileSync(new URL(file, import.meta.url), 'utf8').includes('defineVariant({'),
    );
    expect(variants.every(isVariant)).toBe(true);
    expect(variants.map(({ name }) => `${name}.ts`).sort()).toEqual(files.sort());
  });

  it('have presets that their configuration accepts', () => {
    for (const { config, presets = {} } of variants) {
      for (const preset of Object.values(presets))
        expect(config.safeParse(preset.config).error).toBeUndefined();
    }
  });
});

describe.each(variants.map(({ name }) => name))('%s', (name) => {
  it('plays two steps: finite losses, images in [-1, 1], all players moved', async () => {
    const events = await run(name, 1);
    const { losses } = last(events, 'step');
    expect(Object.keys(losses)).toEqual(['discriminator/adversarial', 'generator/adversarial']);
    // Untrained players are near the loss of a coin's toss: 2 ln 2, and ln 2.
    expect(losses['discriminator/adversarial']).toBeGreaterThan(0.6);
    expect(losses['discriminator/adversarial']).toBeLessThan(3);
    const { images } = last(events, 'sample');
    expect(images.shape).toEqual([3, 8, 8, 1]);
    expect(images.data.every((v) => v >= -1 && v <= 1)).toBe(true);
  });

  it('depends on the seed alone', async () => {
    const weights = async (seed: number) => last(await run(name, seed), 'checkpoint').checkpoint.tensors;
    const first = await weights(1);
    expect(await weights(1)).toEqual(first);
    expect((await weights(2))['generator/weights/0']).not.toEqual(first['generator/weights/0']);
  });
});

/** For each key of a variant's configuration a value that is not the default. */
const dcganOthers = {
  latent: 6,
  generatorWidth: 32,
  discriminatorWidth: 8,
  kernel: 3,
  hidden: 4,
  refine: false,
  slope: 0.1,
  dropout: 0,
  initialDeviation: 0.1,
  normMomentum: 0.5,
  learningRate: 1e-3,
  decayFrom: 0,
  beta1: 0.5,
  realTarget: 0.9,
  ema: 0.9,
};
const others: Record<string, Record<string, unknown>> = {
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
  dcgan: dcganOthers,
  cgan: dcganOthers,
};

describe('every setting reaches the game', () => {
  it.each(variants.map(({ name }) => name))('of %s', async (name) => {
    const { config } = variants.find((v) => v.name === name)!;
    expect(Object.keys(others[name]!)).toEqual(Object.keys(config.shape));
    const tensors = async (settings: object) =>
      last(await run(name, 1, settings), 'checkpoint').checkpoint.tensors;
    const plain = await tensors({});
    for (const [key, value] of Object.entries(others[name]!)) {
      expect(await tensors({ [key]: value }), `${key}=${String(value)} changes nothing`).not.toEqual(plain);
    }
  });
});

describe('options', () => {
  it('lets the label change what cgan paints', async () => {
    const { images } = last(await run('cgan', 1), 'sample');
    const { data: pixels } = images;
    expect(pixels.slice(0, 64)).not.toEqual(pixels.slice(64, 128));
  });
});
