import {
  adam,
  defineGame,
  defineVariant,
  type Game,
  type Optimizer,
  type Setting,
  type Variant,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { failures } from './testing.js';
import { testVariant, variantChecks } from './variant.js';

/** A generator of one layer that learns to give images of zeros. */
function network({ image, seed }: Setting): tf.LayersModel {
  const units = image.height * image.width * image.channels;
  const kernelInitializer = tf.initializers.randomNormal({ seed, stddev: 0.1 });
  return tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [2], units, kernelInitializer, activation: 'tanh' }),
      tf.layers.reshape({ targetShape: [image.height, image.width, image.channels] }),
    ],
  });
}

const game = (setting: Setting): Game<'generator'> =>
  defineGame({
    players: { generator: { network: network(setting), optimizer: adam({ learningRate: 0.1 }) } },
    moves: [
      {
        trains: 'generator',
        loss: ({ n, play, draw }) => ({
          size: tf.mean<tf.Scalar>(tf.square(play.generator(draw.normal([n, 2])))),
        }),
      },
    ],
    sample: ({ n, play, draw }) => play.generator(draw.normal([n, 2])),
  });

const good = defineVariant({
  name: 'zeros',
  summary: 'Learns to paint nothing.',
  paper: { title: 'None', authors: 'Nobody', year: 2026 },
  algorithm: 'update G by descending mean[ G(z)^2 ]',
  task: 'image-synthesis',
  config: z.strictObject({ latent: z.number().default(2).describe('length of the noise vector') }),
  training: { batch: 4, epochs: 1 },
  create: (_, setting) => game(setting),
});
testVariant(good);

/** An optimizer that does nothing. */
const idle: Optimizer = {
  name: 'idle',
  start: () => ({ slots: {}, count: 0, step: () => {}, dispose: () => {} }),
};

/** The variant with another game. */
const playing = (change: (whole: Game<'generator'>, setting: Setting) => Game): Partial<Variant> => ({
  create: (_, setting) => change(game(setting), setting),
});
const kept: tf.Tensor[] = [];
const on = ', on cpu';
const broken: [what: string, change: Partial<Variant>, fails: string, says: RegExp][] = [
  ['an empty algorithm box', { algorithm: ' ' }, 'describes itself', /its algorithm is empty/],
  [
    'a setting without default',
    { config: z.strictObject({ a: z.number().describe('a') }) },
    'describes itself',
    /the setting "a" has no default/,
  ],
  [
    'a preset that is refused',
    { presets: { quick: { description: 'q', config: { latnt: 1 } } } },
    'describes itself',
    /the preset "quick" is refused/,
  ],
  [
    'a player that no move trains',
    playing((whole, setting) => ({
      ...whole,
      players: {
        ...whole.players,
        idle: { network: network(setting), optimizer: adam({ learningRate: 1 }) },
      },
    })),
    `plays two steps with finite losses, and leaves no tensor behind${on}`,
    /no move of the first 2 steps trains idle/,
  ],
  [
    'a leak',
    playing((whole) => ({
      ...whole,
      sample: (round) => {
        kept.push(tf.keep(tf.scalar(1)));
        return whole.sample(round as never);
      },
    })),
    `plays two steps with finite losses, and leaves no tensor behind${on}`,
    /leaves \d+ tensors behind/,
  ],
  [
    'a loss that is not finite',
    playing((whole) => ({
      ...whole,
      moves: [
        {
          trains: 'generator',
          loss: ({ play, draw }) => ({
            size: tf.mean(tf.log(tf.sub(play.generator!(draw.normal([4, 2])), 9))) as tf.Scalar,
          }),
        },
      ],
    })),
    `plays two steps with finite losses, and leaves no tensor behind${on}`,
    /NaN/,
  ],
  [
    'images beyond 1',
    playing((whole) => ({ ...whole, sample: (round) => tf.add(whole.sample(round as never), 1.5) })),
    `samples images in [-1, 1] of the shape of its data${on}`,
    /a sample holds .*pixels in \[-1, 1\]/,
  ],
  [
    'a player that stands still',
    playing((whole) => {
      const { generator } = whole.players;
      return { ...whole, players: { generator: { ...generator, optimizer: idle } } };
    }),
    `moves the players that its losses name${on}`,
    /the weights of "generator" are those that it began with/,
  ],
  [
    'chance',
    playing((whole) => ({
      ...whole,
      moves: [
        {
          trains: 'generator',
          loss: ({ play, draw }) => ({
            size: tf.mean(
              tf.square(tf.sub(play.generator!(draw.normal([4, 2])), Math.random())),
            ) as tf.Scalar,
          }),
        },
      ],
    })),
    `depends on the seed alone${on}`,
    /a second run of the same seed: generator\//,
  ],
  [
    'one seed for all',
    {
      create: (_, setting) =>
        ({
          ...game({ ...setting, seed: 5 }),
          moves: [
            {
              trains: 'generator',
              loss: ({ play }) => ({ size: tf.mean(play.generator!(tf.ones([4, 2]))) as tf.Scalar }),
            },
          ],
        }) as Game,
    },
    `depends on the seed alone${on}`,
    /another seed gives the same weights/,
  ],
  [
    'something carried outside of the checkpoint',
    playing((whole) => {
      let steps = 0;
      return {
        ...whole,
        moves: [
          {
            trains: 'generator',
            loss: ({ play, draw }) => ({
              size: tf.mul(
                ++steps,
                tf.mean(tf.square(tf.sub(play.generator!(draw.normal([4, 2])), steps))),
              ) as tf.Scalar,
            }),
          },
        ],
      };
    }),
    `goes on from a saved checkpoint as if it had never stopped${on}`,
    /a resumed run: generator/,
  ],
  [
    'samples that do not come from the weights',
    playing((whole, { seed }) => ({ ...whole, sample: ({ n }) => tf.fill([n, 8, 8, 1], 1 / seed) })),
    `samples the same from saved weights${on}`,
    /samples from the saved weights/,
  ],
];

it.each(broken)('%s: is found', async (_, change, fails, says) => {
  const found = await failures(variantChecks({ ...(good as unknown as Variant), ...change }));
  tf.dispose(kept.splice(0));
  expect(found[fails]).toMatch(says);
});
