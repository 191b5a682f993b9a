import { registerWasmBackend } from '@ganjs/backend-wasm';
import { memoryStore, pairedDataset } from '@ganjs/datasets';
import { stream } from '@ganjs/random';
import { disposeGame, sample, train } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grouped, last, lossesOf, lossOf, play, settingOf, testOwnVariant } from '../testing.js';
import { pix2pix } from './pix2pix.js';

const networks = { 'generator.width': 2, 'discriminator.width': 2, 'discriminator.layers': 1 };
const small = grouped(networks);
const smallWith = (settings: object) => grouped({ ...networks, ...settings });

testOwnVariant(pix2pix, {
  small: networks,
  others: {
    norm: 'batch',
    'generator.width': 4,
    'generator.downs': 2,
    'generator.dropout': 0,
    'discriminator.width': 4,
    'discriminator.layers': 0,
    'objective.l1Weight': 10,
    'augmentation.mirror': false,
    'augmentation.jitter': 0,
    'optimizer.learningRate': 1e-3,
    'optimizer.decayFrom': 0,
    'optimizer.beta1': 0.9,
    ema: 0.9,
  },
});

const setting = settingOf('paired-translation', 1);

/** The images that the untrained generator makes of two equal sources. */
async function twins(settings: object, seed: number) {
  const game = pix2pix.create(pix2pix.config.parse(smallWith(settings)), setting);
  const sources = tf.ones<tf.Rank.R4>([2, 8, 8, 1]);
  const { data } = await sample(game, { n: 2, seed, condition: { sources } });
  sources.dispose();
  disposeGame(game);
  return [[...data.slice(0, 64)], [...data.slice(64)]];
}

/** `n` images, and what the discriminator sees of them when the sources are their negatives and G negates again. */
function augmented(settings: object, n: number, stream: object) {
  const game = pix2pix.create(pix2pix.config.parse(smallWith(settings)), setting);
  const images = tf.randomUniform<tf.Rank.R4>([n, 8, 8, 1], -1, 1, 'float32', 4);
  const seen: tf.Tensor[] = [];
  lossOf(game.moves[1])({
    real: { images, sources: tf.neg(images) },
    ...{ n, random: { stream } },
    networks: {
      generator: (sources: tf.Tensor) => tf.neg(sources),
      discriminator: (...inputs: tf.Tensor[]) => {
        seen.push(...inputs);
        return tf.zeros([n, 1]);
      },
    },
  });
  disposeGame(game);
  const [sources, fake] = seen;
  return { images, sources: sources!, fake: fake! };
}

beforeAll(async () => {
  await registerWasmBackend();
  await tf.setBackend('ganjs-wasm');
});
afterAll(async () => void (await tf.setBackend('cpu')));

describe('pix2pix', () => {
  it('starts from confused players: ln 2 each, D halved', async () => {
    const losses = lossesOf(last(await play(pix2pix, { settings: small }), 'step'));
    expect(losses['discriminator/adversarial']).toBeCloseTo(Math.LN2, 1);
    expect(losses['generator/adversarial']).toBeCloseTo(Math.LN2, 1);
    // Noise in [-1, 1] is half away from an image near 0.
    expect(losses['generator/l1']).toBeGreaterThan(30);
    expect(losses['generator/l1']).toBeLessThan(70);
  });

  it('keeps dropout at test time, as its only noise', async () => {
    const [first, second] = await twins({}, 1);
    expect(first).not.toEqual(second);
    expect(await twins({}, 1)).toEqual([first, second]);
    expect(await twins({}, 2)).not.toEqual([first, second]);
    for (const still of [{ 'generator.dropout': 0 }, { norm: 'batch' }]) {
      const [one, other] = await twins(still, 1);
      expect(one).toEqual(other);
    }
  });

  it('mirrors both images of a pair, or none', () => {
    const n = 16;
    const mask = () => Float32Array.from({ length: n }, (_, i) => i % 2);
    tf.tidy(() => {
      const { images, sources, fake } = augmented({ 'augmentation.jitter': 0 }, n, { mask });
      expect(tf.add(sources, fake).abs().max().arraySync()).toBe(0);
      const turned = tf.reverse(images, 2);
      for (let i = 0; i < n; i++) {
        const wanted = i % 2 === 1 ? turned : images;
        const row = (x: tf.Tensor) => tf.slice(x, [i, 0, 0, 0], [1, 8, 8, 1]);
        expect(tf.sub(row(fake), row(wanted)).abs().max().arraySync()).toBeLessThan(1e-6);
      }
    });
  });

  it('enlarges both images of a pair and cuts out the same part, another for each pair', () => {
    const offsets = [0, 4, 2];
    const n = offsets.length;
    const below: number[] = [];
    const integers = (_: number, limit: number) => {
      below.push(limit);
      return Int32Array.from(below.length === 1 ? offsets : offsets.toReversed());
    };
    tf.tidy(() => {
      const { images, sources, fake } = augmented(
        { 'augmentation.mirror': false, 'augmentation.jitter': 0.5 },
        n,
        { integers },
      );
      expect(below).toEqual([5, 5]);
      expect(tf.add(sources, fake).abs().max().arraySync()).toBe(0);
      const large = tf.image.resizeBilinear(images, [12, 12], false, true);
      for (const [i, top] of offsets.entries()) {
        const wanted = tf.slice(large, [i, top, offsets[n - 1 - i]!, 0], [1, 8, 8, 1]);
        const row = tf.slice(fake, [i, 0, 0, 0], [1, 8, 8, 1]);
        expect(tf.sub(row, wanted).abs().max().arraySync()).toBeLessThan(1e-6);
      }
    });
  });

  it('learns four pairs by heart', async () => {
    const config = smallWith({
      ...{ 'generator.width': 8, 'generator.dropout': 0 },
      ...{ 'augmentation.mirror': false, 'augmentation.jitter': 0, 'optimizer.learningRate': 1e-2 },
    });
    const game = pix2pix.create(pix2pix.config.parse(config), setting);
    const store = (seed: number) =>
      memoryStore('noise', Uint8Array.from(stream(seed).integers(4 * 64, 256)), setting.image);
    const data = pairedDataset({ name: 'noise', images: store(1), sources: store(2) });
    const distances: number[] = [];
    const sources = tf.zeros<tf.Rank.R4>([1, 8, 8, 1]);
    const options = {
      batch: 4,
      seed: 1,
      length: { steps: 100 },
      samples: 1,
      sampleEvery: 100,
      sampleCondition: { sources },
    };
    for await (const event of train(game, data, { ...options, checkpointEvery: 100 })) {
      if (event.type === 'step') distances.push(lossesOf(event)['generator/l1']! / 100);
    }
    sources.dispose();
    disposeGame(game);
    expect(distances[0]).toBeGreaterThan(0.3);
    expect(distances.at(-1)).toBeLessThan(0.05);
  });
});
