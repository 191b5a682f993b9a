import { dropout } from '@ganjs/layers';
import { adam, defineGame } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { dense, LATENT, scorer } from '../networks.js';
import type { OutsideGame } from '../outsideGame.js';
import { eventsOf, ramps, runOf } from '../play.js';

const SIDE = 4;
/** Steps before the second branch takes part. */
const LATE = 200;
const RATE = 0.01;

/** Paints with dropout and a batch norm. */
function painter(): tf.LayersModel {
  return tf.sequential({
    layers: [
      dense(8, 81, { inputShape: [LATENT] }),
      tf.layers.batchNormalization({ momentum: 0.5 }),
      dropout({ rate: 0.5 }),
      dense(SIDE * SIDE, 82, { activation: 'tanh' }),
      tf.layers.reshape({ targetShape: [SIDE, SIDE, 1] }),
    ],
  });
}

/** Two weights, each with an output of its own. */
function branches(): tf.LayersModel {
  const input = tf.input({ shape: [1] });
  const branch = () =>
    tf.layers.dense({ units: 1, useBias: false, kernelInitializer: tf.initializers.ones() }).apply(input);
  return tf.model({ inputs: input, outputs: [branch(), branch()] as tf.SymbolicTensor[] });
}

/** The critic's move sees the generator as it samples; the generator's as it learns. */
export const inference: OutsideGame = {
  name: 'networks in inference mode inside of moves',
  side: SIDE,
  create: () =>
    defineGame({
      players: {
        critic: { network: scorer({ side: SIDE }), optimizer: adam({ learningRate: 0.01 }) },
        generator: { network: painter(), optimizer: adam({ learningRate: 0.01 }) },
      },
      moves: [
        {
          trains: 'critic',
          loss: ({ real, n, networks, random, measure }) => {
            const z = random.normal([n, LATENT]);
            const fakes = networks.generator.inference(z);
            measure('unrest', tf.max(tf.abs(tf.sub(fakes, networks.generator.inference(z)))));
            return {
              adversarial: tf.sub(tf.mean(networks.critic(fakes)), tf.mean(networks.critic(real.images))),
            };
          },
        },
        {
          trains: 'generator',
          when: ({ step }) => step % 2 === 0,
          loss: ({ n, networks, random, measure }) => {
            const z = random.normal([n, LATENT]);
            const fakes = networks.generator(z);
            measure('moves', tf.max(tf.abs(tf.sub(fakes, networks.generator.inference(z)))));
            return { adversarial: tf.neg(tf.mean(networks.critic(fakes))) };
          },
        },
      ],
      sample: ({ n, networks, random }) => networks.generator(random.normal([n, LATENT])),
    }),
  claims: {
    'inference rests, training does not'({ steps }) {
      for (const { step, measures } of steps) {
        expect(measures.unrest).toBe(0);
        if (step % 2 === 1) expect(measures.moves).toBeGreaterThan(0.01);
      }
    },
    'statistics stay where only inference was used'({ checkpoints }) {
      const weights = (step: number) =>
        Object.entries(checkpoints[step - 1]!.tensors).filter(([name]) =>
          name.startsWith('generator/weights/'),
        );
      for (const step of [2, 4, 6]) expect(weights(step)).toEqual(weights(step - 1));
      expect(weights(3)).not.toEqual(weights(2));
    },
    async 'a weight whose first gradient comes late makes a first step'() {
      const game = defineGame({
        players: {
          late: { network: branches(), optimizer: adam({ learningRate: RATE, beta1: 0, beta2: 0.99 }) },
        },
        moves: [
          {
            trains: 'late',
            loss: ({ networks, step }) => {
              const [early, late] = networks.late.outputs(tf.ones([1, 1])) as [tf.Tensor, tf.Tensor];
              return { sum: tf.mean(step < LATE ? early : tf.add(early, late)) };
            },
          },
        ],
        sample: ({ n }) => tf.zeros([n, 1, 1, 1]),
      });
      const options = { length: { steps: LATE + 1 }, checkpointEvery: LATE };
      const { checkpoints } = runOf(await eventsOf(game, ramps(SIDE), options));
      const late = checkpoints.map(({ tensors }) => tensors['late/weights/1']!.data[0]!);
      expect(late[0]).toBe(1);
      expect((late[0]! - late[1]!) / RATE).toBeCloseTo(1, 4);
      expect(checkpoints.map(({ counts }) => counts['late/adam'])).toEqual([
        [LATE, 0],
        [LATE + 1, 1],
      ]);
    },
  },
};
