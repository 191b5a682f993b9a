import { disposeGame } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { lossOf, testOwnVariant } from './testing.js';
import { vae } from './vae.js';

const image = { height: 28, width: 28, channels: 1 };

/** The terms of the loss on black images, when encoder and decoder say what is given here. */
function terms(
  config: object,
  says: { mean: number[]; logVariance: number[]; decoded: number; before: number },
) {
  const game = vae.create(vae.config.parse({ latent: 2, hiddenUnits: 4, ...config }), {
    image,
    classes: 0,
    seed: 1,
  });
  const n = 3;
  const codes: number[][][] = [];
  const all = (value: number) => tf.fill([n, 28, 28, 1], value);
  const row = (values: number[]) => tf.tile(tf.tensor2d([values]), [n, 1]);
  const networks = {
    encoder: Object.assign(() => row(says.mean), { outputs: () => [row(says.mean), row(says.logVariance)] }),
    decoder: Object.assign(() => all(0), {
      outputs: (code: tf.Tensor) => {
        codes.push(code.arraySync() as number[][]);
        return [all(says.decoded), tf.fill([n, 784], says.before)];
      },
    }),
  };
  const random = { normal: (shape: [number, number]) => tf.fill(shape, 2) };
  const losses = tf.tidy(() => {
    const context = { real: { images: all(-1) }, n, networks, random };
    return Object.entries(lossOf(game.moves[0])(context)).map(([name, term]) => [name, term.arraySync()]);
  });
  disposeGame(game);
  const { reconstruction, divergence } = Object.fromEntries(losses) as Record<string, number>;
  return { reconstruction: reconstruction!, divergence: divergence!, codes };
}

testOwnVariant(vae, {
  small: { latent: 3, hiddenUnits: 12 },
  others: {
    latent: 4,
    // A bare array would be taken for a value with a `with`.
    filters: { value: [2, 4], with: {} },
    hiddenUnits: 0,
    'likelihood.kind': 'gaussian',
    'likelihood.stddev': { value: 0.5, with: { 'likelihood.kind': 'gaussian' } },
    klWeight: 0.5,
    'optimizer.learningRate': 1e-2,
    'optimizer.decayFrom': 0,
  },
});

describe('vae', () => {
  const says = { mean: [1, -0.5], logVariance: [0, Math.log(4)], decoded: 0, before: 0 };

  it('has the networks of the usual perceptron by default', () => {
    const game = vae.create(vae.config.parse({}), { image, classes: 0, seed: 1 });
    const scalars = Object.values(game.players).map(({ network }) => network.countParams());
    disposeGame(game);
    expect(scalars.reduce((sum, count) => sum + count)).toBe(652_824);
  });

  it('sums the negative log likelihood over pixels and divergence over the latent vector, and averages over images', () => {
    const { reconstruction, divergence, codes } = terms({}, says);
    expect(reconstruction).toBeCloseTo(784 * Math.LN2, 2);
    expect(divergence).toBeCloseTo(1.43185282, 5);
    // mean + deviation * noise, the noise being 2.
    expect(codes[0]![0]).toEqual([expect.closeTo(3), expect.closeTo(3.5)]);
  });

  it('knows black pixels from white ones', () => {
    const { reconstruction: black } = terms({}, { ...says, before: -10 });
    const { reconstruction: white } = terms({}, { ...says, before: 10 });
    expect(black).toBeCloseTo(0, 3);
    expect(white).toBeCloseTo(784 * 20, 0);
  });

  it('can take pixels for normal numbers, and weigh the divergence', () => {
    const { reconstruction, divergence } = terms(
      { likelihood: { kind: 'gaussian', stddev: 0.5 }, klWeight: 3 },
      says,
    );
    expect(reconstruction).toBeCloseTo((784 * 1) / (2 * 0.25), 2);
    expect(divergence).toBeCloseTo(3 * 1.43185282, 5);
  });
});
