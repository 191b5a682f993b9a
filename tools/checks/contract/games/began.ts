import { adam, defineGame } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { dense, LATENT, painter } from '../networks.js';
import { BATCH, type OutsideGame } from '../outsideGame.js';

const SIDE = 4;
const GAMMA = 0.5;
/** λ_k; the paper's 0.001 would hardly move k in a few steps. */
const RATE = 0.2;

const clip = (k: number) => Math.min(1, Math.max(0, k));

/** The autoencoder's error, which BEGAN calls the energy of images. */
const energy = (images: tf.Tensor, rebuilt: tf.Tensor) => tf.mean(tf.abs(tf.sub(images, rebuilt)));

/** BEGAN (Berthelot et al., 2017): a controller, k, balances both losses. */
export const began: OutsideGame = {
  name: 'BEGAN, with a controller',
  side: SIDE,
  create: () =>
    defineGame({
      players: {
        generator: { network: painter({ side: SIDE }), optimizer: adam({ learningRate: 0.01 }) },
        autoencoder: {
          network: tf.sequential({
            layers: [
              tf.layers.flatten({ inputShape: [SIDE, SIDE, 1] }),
              dense(6, 21, { activation: 'relu' }),
              dense(SIDE * SIDE, 22, { activation: 'tanh' }),
              tf.layers.reshape({ targetShape: [SIDE, SIDE, 1] }),
            ],
          }),
          optimizer: adam({ learningRate: 0.01 }),
        },
      },
      state: { k: 0 },
      moves: [
        {
          name: 'paint',
          trains: [],
          loss: ({ n, networks, random, share }) => {
            share('fakes', networks.generator(share('latents', random.normal([n, LATENT]))));
            return {};
          },
        },
        {
          trains: 'autoencoder',
          loss: ({ real, n, networks, shared, measure, state }) => {
            const fakes = shared('fakes');
            const ofReal = measure('real', energy(real.images, networks.autoencoder(real.images)));
            measure('images', tf.scalar(n, 'int32'));
            const ofFake = measure('fake', energy(fakes, networks.autoencoder(fakes)));
            return { energy: tf.sub(ofReal, tf.mul(ofFake, state.k)) };
          },
        },
        {
          trains: 'generator',
          loss: ({ networks, shared }) => {
            const fakes = networks.generator(shared('latents'));
            return { energy: energy(fakes, networks.autoencoder(fakes)) };
          },
        },
      ],
      afterStep: ({ k }, { real = 0, fake = 0 }) => ({ k: clip(k + RATE * (GAMMA * real - fake)) }),
      sample: ({ n, networks, random }) => networks.generator(random.normal([n, LATENT])),
    }),
  claims: {
    'k moves by its formula, from what was measured'({ steps, checkpoints }) {
      let k = 0;
      for (const [i, { measures, state, losses }] of steps.entries()) {
        const { real = Number.NaN, fake = Number.NaN } = measures;
        const reported = losses.find(({ move }) => move === 'autoencoder')!;
        expect(reported.value, 'the loss is taken with the k of before the step').toBeCloseTo(
          real - k * fake,
          6,
        );
        k = clip(k + RATE * (GAMMA * real - fake));
        expect(state).toEqual({ k });
        expect(checkpoints[i]!.state).toEqual({ k });
      }
      expect(new Set(steps.map(({ state }) => state.k)).size, 'k moves').toBeGreaterThan(1);
    },
    'counts are measured too'({ steps }) {
      expect(steps.map(({ measures }) => measures.images)).toEqual(steps.map(() => BATCH));
    },
    'a move that trains nobody reports no loss'({ steps }) {
      expect(steps[0]!.losses.map(({ move, term }) => `${move}/${term}`)).toEqual([
        'autoencoder/energy',
        'generator/energy',
      ]);
    },
  },
};
