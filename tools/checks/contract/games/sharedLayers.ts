import { adam, defineGame } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { dense, LATENT, painter } from '../networks.js';
import type { OutsideGame } from '../outsideGame.js';

const SIDE = 4;
const CODES = 3;

/** A discriminator and a recognizer of codes on one body. */
function twoHeads(): { discriminator: tf.LayersModel; recognizer: tf.LayersModel } {
  const input = tf.input({ shape: [SIDE, SIDE, 1] });
  const body = dense(6, 101, { activation: 'tanh' }).apply(tf.layers.flatten().apply(input));
  const head = (units: number, seed: number) =>
    tf.model({ inputs: input, outputs: dense(units, seed).apply(body) as tf.SymbolicTensor });
  return { discriminator: head(1, 102), recognizer: head(CODES, 103) };
}

const optimizer = adam({ learningRate: 0.01, beta1: 0.5 });

/** InfoGAN (Chen et al., 2016), with the recognizer as a player of its own that shares the discriminator's body. */
export const sharedLayers: OutsideGame = {
  name: 'players that share layers',
  side: SIDE,
  create: () => {
    const { discriminator, recognizer } = twoHeads();
    const paint = (z: tf.Tensor, codes: tf.Tensor) =>
      tf.concat([z, tf.cast(tf.oneHot(tf.cast(codes, 'int32'), CODES), 'float32')], 1);
    return defineGame({
      players: {
        discriminator: { network: discriminator, optimizer, ema: 0.5 },
        recognizer: { network: recognizer, optimizer, ema: 0.5 },
        generator: { network: painter({ side: SIDE, length: LATENT + CODES }), optimizer },
      },
      categories: CODES,
      moves: [
        {
          trains: 'discriminator',
          loss: ({ real, n, networks, random }) => {
            const fakes = networks.generator(paint(random.normal([n, LATENT]), random.integers([n], CODES)));
            const ofReal = tf.softplus(tf.neg(networks.discriminator(real.images)));
            return { adversarial: tf.mean(tf.add(ofReal, tf.softplus(networks.discriminator(fakes)))) };
          },
        },
        {
          trains: ['generator', 'recognizer'],
          loss: ({ n, networks, random }) => {
            const codes = random.integers<tf.Rank.R1>([n], CODES);
            const fakes = networks.generator(paint(random.normal([n, LATENT]), codes));
            return {
              adversarial: tf.mean(tf.softplus(tf.neg(networks.discriminator(fakes)))),
              information: tf.losses.softmaxCrossEntropy(tf.oneHot(codes, CODES), networks.recognizer(fakes)),
            };
          },
        },
      ],
      sample: ({ n, networks, random, condition }) =>
        networks.generator(
          paint(random.normal([n, LATENT]), condition.labels ?? random.integers([n], CODES)),
        ),
    });
  },
  claims: {
    'both players hold the same body'({ checkpoints }) {
      for (const { tensors } of checkpoints) {
        for (const weight of [0, 1]) {
          expect(tensors[`recognizer/weights/${weight}`]).toEqual(tensors[`discriminator/weights/${weight}`]);
        }
      }
    },
    'a move reports under all the players that it trains'({ steps }) {
      const moves = new Set(steps.flatMap(({ losses }) => losses.map(({ move }) => move)));
      expect([...moves]).toEqual(['discriminator', 'generator+recognizer']);
    },
  },
};
