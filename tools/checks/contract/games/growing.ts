import {
  adam,
  defineGame,
  disposeGame,
  type Moment,
  type Network,
  restoreGame,
  sample,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { dense, LATENT } from '../networks.js';
import { type OutsideGame, SAMPLES } from '../outsideGame.js';

/** Real images that the first stage shows, and those over which the second fades in. */
const STAGE = 8;

const isLarge = ({ images }: Moment) => images >= STAGE;
const fadeOf = ({ images }: Moment) => Math.min(1, (images - STAGE) / STAGE);
const begins = ({ images, batch }: Moment) => images >= STAGE && images - batch < STAGE;

const doubled = (images: tf.Tensor) => tf.image.resizeNearestNeighbor(images as tf.Tensor4D, [8, 8]);
const halved = (images: tf.Tensor) => tf.avgPool(images as tf.Tensor4D, 2, 2, 'valid');
const blend = (from: tf.Tensor, to: tf.Tensor, fade: number) =>
  tf.add(tf.mul(from, 1 - fade), tf.mul(to, fade));

function generator(): tf.LayersModel {
  const input = tf.input({ shape: [LATENT] });
  const body = dense(8, 1, { activation: 'relu' }).apply(input);
  const image = (side: number, seed: number, features: typeof body) =>
    tf.layers
      .reshape({ targetShape: [side, side, 1] })
      .apply(dense(side * side, seed, { activation: 'tanh' }).apply(features));
  const finer = dense(8, 2, { activation: 'relu' }).apply(body);
  return tf.model({ inputs: input, outputs: [image(4, 3, body), image(8, 4, finer)] as tf.SymbolicTensor[] });
}

function features(side: number, seed: number): tf.LayersModel {
  return tf.sequential({
    layers: [tf.layers.flatten({ inputShape: [side, side, 1] }), dense(8, seed, { activation: 'tanh' })],
  });
}

function paint(networks: { generator: Network }, z: tf.Tensor, moment: Moment): tf.Tensor {
  const [small, large] = networks.generator.outputs(z) as [tf.Tensor, tf.Tensor];
  return isLarge(moment) ? blend(doubled(small), large, fadeOf(moment)) : small;
}

type Critic = { from4: Network; from8: Network; critic: Network };

function score({ from4, from8, critic }: Critic, images: tf.Tensor, moment: Moment): tf.Tensor {
  if (!isLarge(moment)) return critic(from4(images));
  return critic(blend(from4(halved(images)), from8(images), fadeOf(moment)));
}

const optimizer = adam({ learningRate: 0.01, beta1: 0, beta2: 0.99 });

/** ProGAN (Karras et al., 2018): paints 4x4, then 8x8, and fades from one to the other. */
export const growing: OutsideGame = {
  name: 'ProGAN, which grows',
  side: 8,
  create: () =>
    defineGame({
      players: {
        generator: { network: generator(), optimizer, ema: 0.5 },
        from4: { network: features(4, 31), optimizer },
        from8: { network: features(8, 32), optimizer },
        critic: { network: tf.sequential({ layers: [dense(1, 33, { inputShape: [8] })] }), optimizer },
      },
      moves: [
        {
          name: 'critic',
          trains: ['critic', 'from4', 'from8'],
          loss: ({ real, n, networks, random, ...moment }) => {
            const images = isLarge(moment) ? real.images : halved(real.images);
            const fakes = paint(networks, random.normal([n, LATENT]), moment);
            return {
              wasserstein: tf.sub(
                tf.mean(score(networks, fakes, moment)),
                tf.mean(score(networks, images, moment)),
              ),
            };
          },
        },
        {
          trains: 'generator',
          loss: ({ n, networks, random, ...moment }) => ({
            wasserstein: tf.neg(
              tf.mean(score(networks, paint(networks, random.normal([n, LATENT]), moment), moment)),
            ),
          }),
        },
      ],
      resetOptimizers: (moment) => (begins(moment) ? ['generator', 'critic', 'from4', 'from8'] : []),
      sample: ({ n, networks, random, ...moment }) => paint(networks, random.normal([n, LATENT]), moment),
    }),
  claims: {
    'samples have the size of the stage, from the first of its moments on'({ samples }) {
      expect(samples.map(({ shape }) => shape[1])).toEqual([4, 8, 8, 8, 8, 8]);
    },
    async 'a stage begins with the picture of the one before, twice as large'({ checkpoints, samples }) {
      const game = growing.create();
      const position = restoreGame(game, checkpoints[1]!, { averaged: true });
      const small = await sample(game, { n: SAMPLES, seed: 7, position: { ...position, images: 0 } });
      const large = tf.tidy(() => doubled(tf.tensor4d(small.data, [...small.shape])).dataSync());
      expect(samples[1]!.data).toEqual(large);
      // Without a position it paints as before the first step.
      const first = await sample(game, { n: SAMPLES, seed: 7 });
      expect(first.shape).toEqual([SAMPLES, 4, 4, 1]);
      disposeGame(game);
    },
    'optimizers forget when the stage begins, and what was not used was not updated'({ checkpoints }) {
      const updates = (name: string) => checkpoints.map(({ counts }) => counts[`${name}/adam`]);
      expect(updates('critic')).toEqual([1, 2, 1, 2, 3, 4].map((count) => [count, count]));
      expect(updates('from8')).toEqual([0, 0, 1, 2, 3, 4].map((count) => [count, count]));
      // Weights and biases of the body, then of the layers that only 8x8 uses, and of those that paint 4x4.
      expect(updates('generator')[1]!.toSorted()).toEqual([0, 0, 0, 0, 2, 2, 2, 2]);
      expect(updates('generator')[5]!.toSorted()).toEqual([4, 4, 4, 4, 4, 4, 4, 4]);
    },
  },
};
