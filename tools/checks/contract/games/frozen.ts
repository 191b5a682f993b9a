import { dropout } from '@ganjs/layers';
import { adam, defineGame, disposeGame } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { dense, LATENT, painter } from '../networks.js';
import type { OutsideGame } from '../outsideGame.js';
import { eventsOf, ramps } from '../play.js';

const SIDE = 4;

/** An encoder that was trained before: its statistics are not those of a fresh batch norm. */
function encoder(): tf.LayersModel {
  const network = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [SIDE, SIDE, 1] }),
      dense(6, 41),
      tf.layers.batchNormalization({
        movingMeanInitializer: tf.initializers.constant({ value: 0.25 }),
        movingVarianceInitializer: tf.initializers.constant({ value: 4 }),
      }),
      dropout({ rate: 0.5 }),
      dense(5, 42),
    ],
  });
  return network;
}

const weightsOf = (network: tf.LayersModel) => network.getWeights().map((weight) => [...weight.dataSync()]);

const create = () =>
  defineGame({
    players: {
      encoder: { network: encoder() },
      generator: { network: painter({ side: SIDE }), optimizer: adam({ learningRate: 0.01 }) },
    },
    moves: [
      {
        trains: 'generator',
        loss: ({ real, n, networks, random, measure }) => {
          const features = networks.encoder(networks.generator(random.normal([n, LATENT])));
          const target = networks.encoder(real.images);
          measure('unrest', tf.max(tf.abs(tf.sub(target, networks.encoder.inference(real.images)))));
          return { matching: tf.mean(tf.squaredDifference(tf.mean(features, 0), tf.mean(target, 0))) };
        },
      },
    ],
    sample: ({ n, networks, random }) => networks.generator(random.normal([n, LATENT])),
  });

/** A generator that matches the features of a frozen encoder. */
export const frozen: OutsideGame = {
  name: 'a frozen encoder',
  side: SIDE,
  create,
  claims: {
    'the encoder rests: no dropout, moving statistics'({ steps }) {
      expect(steps.map(({ measures }) => measures.unrest)).toEqual(steps.map(() => 0));
    },
    'checkpoints leave it out'({ checkpoints }) {
      const owners = checkpoints.flatMap(({ tensors, counts }) => [
        ...Object.keys(tensors),
        ...Object.keys(counts),
      ]);
      expect(new Set(owners.map((name) => name.split('/')[0]))).toEqual(new Set(['generator']));
    },
    async 'the encoder never changes, and the generator learns through it'() {
      const game = create();
      const before = Object.values(game.players).map(({ network }) => weightsOf(network));
      const after: typeof before = [];
      await eventsOf(game, ramps(SIDE), {}, ({ type }) => {
        if (type === 'done')
          after.push(...Object.values(game.players).map(({ network }) => weightsOf(network)));
      });
      expect(after[0]).toEqual(before[0]);
      expect(after[1]).not.toEqual(before[1]);
      expect(after[1]!.flat().every(Number.isFinite)).toBe(true);
    },
    async 'it counts no parameters'() {
      const [start] = await eventsOf(create(), ramps(SIDE));
      expect(start).toMatchObject({ parameters: { encoder: 0, generator: 3 * 8 + 8 + 8 * 16 + 16 } });
    },
    'nobody can train it'() {
      const game = create();
      const trains = 'encoder' as const;
      const move = { trains, loss: () => ({ nothing: tf.scalar(0) }) };
      expect(() => defineGame({ ...game, moves: [move] })).toThrow(/trains "encoder", which is frozen/);
      disposeGame(game);
    },
  },
};
