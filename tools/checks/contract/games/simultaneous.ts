import { defineGame, disposeGame, sgd } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { dense, LATENT, scorer } from '../networks.js';
import type { OutsideGame } from '../outsideGame.js';
import { eventsOf, ramps, runOf } from '../play.js';

const SIDE = 4;
const RATE = 0.1;

/** What the first step saw. */
type Seen = { latents?: number[][]; images?: number[][][][] };

/** The losses of both from one pass; `apply` runs a network in training mode. */
function losses(
  apply: { critic: (x: tf.Tensor) => tf.Tensor; generator: (z: tf.Tensor) => tf.Tensor },
  z: tf.Tensor,
  real: tf.Tensor,
) {
  const ofFake = apply.critic(apply.generator(z));
  const ofReal = apply.critic(real);
  return {
    critic: { real: tf.mean(tf.softplus(tf.neg(ofReal))), fake: tf.mean(tf.softplus(ofFake)) },
    generator: { fake: tf.mean(tf.softplus(tf.neg(ofFake))) },
  };
}

/** Paints with a batch norm, whose statistics move once a pass. */
function painter(): tf.LayersModel {
  return tf.sequential({
    layers: [
      dense(8, 71, { inputShape: [LATENT] }),
      tf.layers.batchNormalization({ momentum: 0.5 }),
      dense(SIDE * SIDE, 72, { activation: 'tanh' }),
      tf.layers.reshape({ targetShape: [SIDE, SIDE, 1] }),
    ],
  });
}

const create = (seen: Seen = {}) =>
  defineGame({
    players: {
      critic: { network: scorer({ side: SIDE }), optimizer: sgd({ learningRate: RATE }) },
      generator: { network: painter(), optimizer: sgd({ learningRate: RATE }) },
    },
    moves: [
      {
        trains: ['critic', 'generator'],
        losses: ({ real, n, networks, random }) => {
          const z = random.normal([n, LATENT]);
          seen.latents ??= z.arraySync() as number[][];
          seen.images ??= real.images.arraySync();
          return losses(networks, z, real.images);
        },
      },
    ],
    sample: ({ n, networks, random }) => networks.generator(random.normal([n, LATENT])),
  });

/** Both learn from one pass, as in TensorFlow's tutorial of the DCGAN. */
export const simultaneous: OutsideGame = {
  name: 'simultaneous updates',
  side: SIDE,
  create: () => create(),
  claims: {
    'each player reports its own terms'({ steps }) {
      const terms = steps[0]!.losses.map(({ move, term }) => `${move}/${term}`);
      expect(terms).toEqual(['critic/real', 'critic/fake', 'generator/fake']);
    },
    async 'both descend the gradients that two passes of tf.variableGrads find'() {
      const seen: Seen = {};
      const options = { length: { steps: 1 } };
      const [checkpoint] = runOf(await eventsOf(create(seen), ramps(SIDE), options)).checkpoints;
      const fresh = create();
      for (const [name, player] of Object.entries(fresh.players)) {
        const apply = {
          critic: (x: tf.Tensor) => fresh.players.critic.network.apply(x, { training: true }) as tf.Tensor,
          generator: (z: tf.Tensor) =>
            fresh.players.generator.network.apply(z, { training: true }) as tf.Tensor,
        };
        const weights = player.network.weights.map((weight) => weight.read() as tf.Variable);
        const starts = weights.map((weight) => weight.dataSync());
        const { value, grads } = tf.variableGrads(
          () => {
            const terms = losses(apply, tf.tensor(seen.latents!), tf.tensor(seen.images!))[
              name as 'critic' | 'generator'
            ];
            return Object.values(terms).reduce((sum, term) => tf.add(sum, term)) as tf.Scalar;
          },
          weights.filter(({ trainable }) => trainable),
        );
        for (const [i, weight] of weights.entries()) {
          const after = checkpoint!.tensors[`${name}/weights/${i}`]!.data;
          for (const [j, slope] of grads[weight.name]?.dataSync().entries() ?? []) {
            expect(after[j]).toBeCloseTo(starts[i]![j]! - RATE * slope, 6);
          }
        }
        expect(Object.keys(grads).length, 'every weight of the player moved').toBe(name === 'critic' ? 4 : 6);
        tf.dispose([value, ...Object.values(grads)]);
      }
      disposeGame(fresh);
    },
    async 'statistics move once a step'() {
      const seen: Seen = {};
      const [checkpoint] = runOf(
        await eventsOf(create(seen), ramps(SIDE), { length: { steps: 1 } }),
      ).checkpoints;
      const fresh = create();
      const { network } = fresh.players.generator;
      tf.tidy(() => {
        network.apply(tf.tensor(seen.latents!), { training: true });
      });
      const statistics = network.weights.flatMap((weight, i) => (/moving/.test(weight.name) ? i : []));
      expect(statistics.length).toBe(2);
      for (const i of statistics) {
        const once = network.weights[i]!.read().dataSync();
        expect(checkpoint!.tensors[`generator/weights/${i}`]!.data).toEqual(once);
      }
      disposeGame(fresh);
    },
    async 'a player without a loss is named'() {
      const game = create();
      const move = {
        trains: ['critic', 'generator'] as const,
        losses: () => ({ critic: { zero: tf.scalar(0) } }),
      };
      await expect(eventsOf({ ...game, moves: [move] }, ramps(SIDE))).rejects.toThrow(
        /"generator" got no loss term/,
      );
    },
  },
};
