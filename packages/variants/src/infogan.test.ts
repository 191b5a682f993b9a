import { stream } from '@ganjs/random';
import { disposeGame, type Network, type SampleContext } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { infogan } from './infogan.js';
import { grouped, lossOf, testOwnVariant } from './testing.js';

const setting = { image: { height: 28, width: 28, channels: 1 }, classes: 0, seed: 1 };
const LATENT = 3;
const CATEGORIES = 4;
const networks = {
  'generator.width': 4,
  'generator.hiddenUnits': 6,
  'discriminator.width': 2,
  'discriminator.hiddenUnits': 6,
  'recognition.hiddenUnits': 4,
};
const small = grouped({ ...networks, latent: LATENT, categories: CATEGORIES });
let game: ReturnType<typeof infogan.create>;
beforeAll(() => {
  game = infogan.create(infogan.config.parse(small), setting);
});
afterAll(() => disposeGame(game));

/** A network that is the given function. */
const player = (outputs: (input: tf.Tensor) => tf.Tensor[]): Omit<Network, 'inference'> =>
  Object.assign((input: tf.Tensor) => outputs(input)[0]!, { outputs });

/** A generator whose image is its input, a discriminator that cannot tell, and a Q that reads all codes exactly. */
const transparent = {
  generator: player((codes) => [codes]),
  discriminator: player((image) => [tf.zeros([image.shape[0]!, 1]), image]),
  recognition: player((features) => {
    const [, category, traits] = tf.split(features, [LATENT, CATEGORIES, 2], 1);
    return [tf.mul(category!, 1000), traits!, tf.zerosLike(traits!)];
  }),
};

const seeded = () => {
  const random = stream(7);
  const size = (shape: number[]) => tf.util.sizeFromShape(shape);
  return {
    stream: random,
    uniform: (shape: number[], low: number, high: number) =>
      tf.tensor(random.uniform(size(shape), low, high), shape),
    integers: (shape: number[], below: number) =>
      tf.tensor(random.integers(size(shape), below), shape, 'int32'),
  };
};
const stepContext = (rest: object) => ({ n: 6, networks: transparent, random: seeded(), ...rest });
const sampleContext = (rest: object) =>
  stepContext({ condition: {}, truncation: 1, ...rest }) as unknown as SampleContext & { truncation: number };

testOwnVariant(infogan, {
  small: { ...networks, latent: 5, 'generator.width': 8, 'discriminator.width': 4 },
  others: {
    latent: 6,
    categories: 4,
    continuous: 0,
    'generator.width': 4,
    'generator.hiddenUnits': 8,
    'generator.kernelSize': 3,
    'generator.initStddev': 0,
    'generator.batchNormMomentum': 0.5,
    'discriminator.width': 8,
    'discriminator.hiddenUnits': 8,
    'discriminator.leakySlope': 0.3,
    'discriminator.kernelSize': 3,
    'discriminator.initStddev': 0,
    'discriminator.batchNormMomentum': 0.5,
    'recognition.hiddenUnits': 8,
    'recognition.leakySlope': 0.3,
    'recognition.initStddev': 0,
    'recognition.batchNormMomentum': 0.5,
    'objective.categoricalWeight': 2,
    'objective.continuousWeight': 1,
    'objective.invariant': true,
    'objective.realTarget': 0.9,
    'optimizer.learningRate': 1e-2,
    'optimizer.discriminatorLearningRate': 1e-3,
    'optimizer.decayFrom': 0,
    'optimizer.beta1': 0.9,
    ema: 0.9,
  },
});

describe('infogan', () => {
  it("has the paper's networks by default", () => {
    const { players, ...rest } = infogan.create(infogan.config.parse({}), setting);
    const scalars = Object.fromEntries(
      Object.entries(players).map(([name, { network }]) => [
        name,
        network.trainableWeights.reduce(
          (sum, weight) => sum + tf.util.sizeFromShape(weight.shape as number[]),
          0,
        ),
      ]),
    );
    disposeGame({ players, ...rest });
    expect(scalars).toEqual({
      generator: 6_652_481,
      discriminator: 6_558_144 + 1_025,
      recognition: 133_262,
    });
  });

  it('rewards codes that can be read off the image, in both moves', () => {
    tf.tidy(() => {
      const real = { images: tf.zeros([6, LATENT + CATEGORIES + 2]) };
      const [judging, painting] = game.moves.map((move) => {
        const terms = Object.entries(lossOf(move)(stepContext({ real })));
        return Object.fromEntries(terms.map(([name, term]) => [name, term.arraySync()]));
      });
      // Certain of the category; certain to a variance of 1 of two codes with the entropy ln 2.
      const read = {
        category: expect.closeTo(-Math.log(CATEGORIES), 5),
        continuous: expect.closeTo(0.1 * (Math.log(2 * Math.PI) - 2 * Math.LN2), 5),
      };
      expect(judging).toEqual({ adversarial: expect.closeTo(2 * Math.LN2, 5), ...read });
      expect(painting).toEqual({ adversarial: expect.closeTo(Math.LN2, 5), ...read });
    });
  });

  it('reads an invariant category off a changed copy, and the continuous codes off the image', () => {
    const invariant = infogan.create(
      infogan.config.parse({ ...small, objective: { invariant: true } }),
      setting,
    );
    tf.tidy(() => {
      const image = tf.randomUniform([6, 28, 28, 1], -1, 1, 'float32', 3);
      const seen: tf.Tensor[] = [];
      const networks = {
        generator: player(() => [image]),
        discriminator: player((input) => [tf.zeros([6, 1]), input]),
        recognition: player((features) => {
          seen.push(features);
          // Zeros, but of the copy: certain of category 0.
          const sure = tf.tensor2d(Array.from({ length: 6 }, () => [seen.length === 2 ? 50 : 0, 0, 0, 0]));
          return [sure, tf.zeros([6, 2]), tf.zeros([6, 2])];
        }),
      };
      const { category } = lossOf(invariant.moves[1])(stepContext({ networks }));
      const [original, copy] = seen;
      expect(original).toBe(image);
      expect(copy!.shape).toEqual(image.shape);
      expect(tf.sub(copy!, image).abs().mean().arraySync()).toBeGreaterThan(0.1);
      // The drawn categories are not all 0: certainty costs 50 nats for each of the others.
      expect(category!.arraySync()).toBeGreaterThan(5);
    });
    disposeGame(invariant);
  });

  it('samples the categories that are asked for, and draws them otherwise', () => {
    tf.tidy(() => {
      const categories = (condition: object) => {
        const codes = game.latents!.sample(sampleContext({ condition }));
        return [...tf.argMax(tf.slice(codes, [0, LATENT], [-1, CATEGORIES]), 1).dataSync()];
      };
      const labels = tf.tensor1d([3, 0, 1, 2, 2, 0], 'int32');
      expect(categories({ labels })).toEqual([3, 0, 1, 2, 2, 0]);
      expect(new Set(categories({})).size).toBeGreaterThan(1);
    });
  });

  it('truncates the noise and the continuous codes, but not the category', () => {
    tf.tidy(() => {
      const latents = [1, 0.25].map((truncation) => {
        const codes = game.latents!.sample(sampleContext({ truncation }));
        expect(codes.shape).toEqual([6, ...game.latents!.shape]);
        return tf.split(codes, [LATENT, CATEGORIES, 2], 1);
      });
      const [whole, near] = latents.map((parts) => parts.map((part) => [...part.dataSync()]));
      for (const [i, scale] of [0.25, 1, 0.25].entries()) {
        expect(near![i]).toEqual(whole![i]!.map((code) => expect.closeTo(scale * code, 6)));
      }
    });
  });

  it('pictures one code a row: the category, then each continuous code', () => {
    tf.tidy(() => {
      const { n, columns, render } = game.pictures!.codes!;
      const codes = render(sampleContext({ n }));
      expect(codes.shape).toEqual([n, LATENT + CATEGORIES + 2]);
      expect(columns).toBe(CATEGORIES);
      const rows = tf.reshape(codes, [n / columns, columns, -1]).arraySync() as number[][][];
      for (const [i, row] of rows.entries()) {
        const varied = Math.floor(i / 3);
        const changing = row[0]!.flatMap((_, k) => (row.some((code) => code[k] !== row[0]![k]) ? [k] : []));
        const expected = [Array.from({ length: CATEGORIES }, (_, k) => LATENT + k), [7], [8]];
        expect(changing).toEqual(expected[varied]);
        if (varied > 0)
          expect(row.map((code) => code[6 + varied])).toEqual([
            -2,
            expect.closeTo(-2 / 3),
            expect.closeTo(2 / 3),
            2,
          ]);
      }
      expect(rows.map((row) => row[0]![0])).toHaveLength(new Set(rows.map((row) => row[0]![0])).size);
    });
  });
});
