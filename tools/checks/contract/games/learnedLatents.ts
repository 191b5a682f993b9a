import {
  adam,
  defineGame,
  disposeGame,
  GameError,
  restoreGame,
  sample,
  sampleLatents,
  synthesize,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { dense, LATENT, scorer } from '../networks.js';
import { type OutsideGame, SAMPLES } from '../outsideGame.js';

const SIDE = 4;
const LAYERS = 2;
const WIDTH = 5;

/** Paints of a style a layer, and noise. */
function synthesis(): tf.LayersModel {
  const styles = tf.input({ shape: [LAYERS, WIDTH] });
  const noise = tf.input({ shape: [SIDE * SIDE] });
  const pixels = dense(SIDE * SIDE, 91).apply(tf.layers.flatten().apply(styles)) as tf.SymbolicTensor;
  const noisy = tf.layers.activation({ activation: 'tanh' }).apply(tf.layers.add().apply([pixels, noise]));
  const images = tf.layers.reshape({ targetShape: [SIDE, SIDE, 1] }).apply(noisy) as tf.SymbolicTensor;
  return tf.model({ inputs: [styles, noise], outputs: images });
}

const optimizer = adam({ learningRate: 0.01, beta1: 0, beta2: 0.99 });

/** StyleGAN (Karras et al., 2019): images are made from a learned space, a style a layer; this one cannot truncate. */
export const learnedLatents: OutsideGame = {
  name: 'latents in a learned space',
  side: SIDE,
  create: () =>
    defineGame({
      players: {
        mapping: {
          network: tf.sequential({ layers: [dense(WIDTH, 92, { inputShape: [LATENT] })] }),
          optimizer,
          ema: 0.5,
        },
        synthesis: { network: synthesis(), optimizer, ema: 0.5 },
        critic: { network: scorer({ side: SIDE }), optimizer },
      },
      moves: [
        {
          trains: 'critic',
          loss: ({ real, n, networks, random }) => {
            const w = tf.stack(Array(LAYERS).fill(networks.mapping(random.normal([n, LATENT]))), 1);
            const fake = networks.critic(networks.synthesis(w, random.normal([n, SIDE * SIDE])));
            return {
              adversarial: tf.mean(
                tf.add(tf.softplus(fake), tf.softplus(tf.neg(networks.critic(real.images)))),
              ),
            };
          },
        },
        {
          trains: ['mapping', 'synthesis'],
          loss: ({ n, networks, random }) => {
            // Style mixing: each layer from a vector of its own.
            const z = random.normal([LAYERS, n, LATENT]);
            const w = tf.stack(
              tf.unstack(z).map((one) => networks.mapping(one)),
              1,
            );
            const fake = networks.critic(networks.synthesis(w, random.normal([n, SIDE * SIDE])));
            return { adversarial: tf.mean(tf.softplus(tf.neg(fake))) };
          },
        },
      ],
      latents: {
        shape: [LAYERS, WIDTH],
        interpolation: 'lerp',
        sample: ({ n, networks, random, truncation }) => {
          if (truncation < 1)
            throw new GameError('my-gan: there is no mean to truncate to: leave truncation out');
          return tf.stack(Array(LAYERS).fill(networks.mapping(random.normal([n, LATENT]))), 1);
        },
        synthesize: (latents, { n, networks, random }) =>
          networks.synthesis(latents, random.normal([n, SIDE * SIDE])),
      },
    }),
  claims: {
    async 'images are those of their latents, in any number'({ checkpoints }) {
      const game = learnedLatents.create();
      const position = restoreGame(game, checkpoints[3]!, { averaged: true });
      for (const n of [SAMPLES, 101]) {
        const request = { n, seed: 7, position };
        const latents = await sampleLatents(game, request);
        expect(latents.shape).toEqual([n, LAYERS, WIDTH]);
        const images = await synthesize(game, latents, { seed: 7, position });
        expect(images).toEqual(await sample(game, request));
        expect((await synthesize(game, latents, { seed: 8, position })).data).not.toEqual(images.data);
      }
      disposeGame(game);
    },
    async 'refuses what it cannot'() {
      const game = learnedLatents.create();
      const request = { n: 2, seed: 7 };
      await expect(sampleLatents(game, { ...request, truncation: 0.7 })).rejects.toThrow(GameError);
      await expect(sampleLatents(game, { ...request, truncation: 1.2 })).rejects.toThrow('truncation = 1.2');
      const flat = { data: new Float32Array(2 * WIDTH), shape: [2, WIDTH] };
      await expect(synthesize(game, flat, { seed: 7 })).rejects.toThrow(/shape \[2,5\], expected \[2,2,5\]/);
      disposeGame(game);
    },
  },
};
