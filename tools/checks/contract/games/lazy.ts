import { r1 } from '@ganjs/losses';
import { adam, type Checkpoint, defineGame, emaHalfLife } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { LATENT, painter, scorer } from '../networks.js';
import { BATCH, type OutsideGame } from '../outsideGame.js';

const SIDE = 4;
const EVERY = 4;
const GAMMA = 10;
const ema = emaHalfLife({ kimg: 0.01, rampUp: 0.5 });

/** StyleGAN2's training (Karras et al., 2020): R1 every few steps only, averages by images. */
export const lazyRegularization: OutsideGame = {
  name: 'lazy regularization, with averages',
  side: SIDE,
  create: () =>
    defineGame({
      players: {
        critic: { network: scorer({ side: SIDE }), optimizer: adam({ learningRate: 0.01, beta1: 0 }), ema },
        generator: {
          network: painter({ side: SIDE }),
          optimizer: adam({ learningRate: 0.01, beta1: 0 }),
          ema,
        },
      },
      moves: [
        {
          trains: 'critic',
          loss: ({ real, n, networks, random }) => {
            const fake = networks.critic(networks.generator(random.normal([n, LATENT])));
            return {
              adversarial: tf.mean(
                tf.add(tf.softplus(fake), tf.softplus(tf.neg(networks.critic(real.images)))),
              ),
            };
          },
        },
        {
          name: 'r1',
          trains: 'critic',
          when: ({ step }) => step % EVERY === 0,
          loss: ({ real, networks }) => ({
            penalty: tf.mul(r1(networks.critic, real.images), GAMMA * EVERY),
          }),
        },
        {
          trains: 'generator',
          loss: ({ n, networks, random }) => ({
            adversarial: tf.mean(
              tf.softplus(tf.neg(networks.critic(networks.generator(random.normal([n, LATENT]))))),
            ),
          }),
        },
      ],
      sample: ({ n, networks, random }) => networks.generator(random.normal([n, LATENT])),
    }),
  claims: {
    'the penalty is played in every fourth step, and moves the critic'({ steps, checkpoints }) {
      const played = steps.map(({ losses }) => losses.some(({ move }) => move === 'r1'));
      expect(played).toEqual([true, false, false, false, true, false]);
      expect(checkpoints.map(({ counts }) => counts['critic/adam']![0])).toEqual([2, 3, 4, 5, 7, 8]);
    },
    'averages follow their recurrence, once a step'({ checkpoints }) {
      for (const player of ['critic', 'generator']) {
        const of = ({ tensors }: Checkpoint, kind: string) =>
          Object.keys(tensors)
            .filter((name) => name.startsWith(`${player}/${kind}/`))
            .flatMap((name) => [...tensors[name]!.data]);
        let average: number[] = [];
        for (const [step, checkpoint] of checkpoints.entries()) {
          const halfLife = Math.min(10, 0.5 * step * BATCH);
          const decay = 0.5 ** (BATCH / halfLife);
          average = of(checkpoint, 'weights').map((w, i) => decay * (average[i] ?? 0) + (1 - decay) * w);
          const stored = of(checkpoint, 'average');
          expect(stored.length).toBe(average.length);
          expect(Math.max(...stored.map((a, i) => Math.abs(a - average[i]!)))).toBeLessThan(1e-6);
        }
      }
    },
  },
};
