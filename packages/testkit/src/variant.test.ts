import {
  adam,
  type BuildContext,
  defineGame,
  defineVariant,
  type Game,
  GameError,
  gaussianLatents,
  type JointMove,
  type Latents,
  type Optimizer,
  type Variant,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { failures } from './testing.js';
import { testVariant, variantChecks } from './variant.js';

/** A generator of one layer that learns to give images of zeros. */
function network({ image, seed }: BuildContext): tf.LayersModel {
  const units = image.height * image.width * image.channels;
  const kernelInitializer = tf.initializers.randomNormal({ seed, stddev: 0.1 });
  return tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [2], units, kernelInitializer, activation: 'tanh' }),
      tf.layers.reshape({ targetShape: [image.height, image.width, image.channels] }),
    ],
  });
}

const game = (context: BuildContext): Game<'generator'> =>
  defineGame({
    players: { generator: { network: network(context), optimizer: adam({ learningRate: 0.1 }) } },
    moves: [
      {
        trains: 'generator',
        loss: ({ n, networks, random }) => ({
          size: tf.mean(tf.square(networks.generator(random.normal([n, 2])))),
        }),
      },
    ],
    latents: { ...gaussianLatents(2), synthesize: (z, { networks }) => networks.generator(z) },
  });

const good = defineVariant({
  name: 'zeros',
  summary: 'Learns to paint nothing.',
  paper: { title: 'None', authors: 'Nobody', year: 2026 },
  algorithm: 'update G by descending mean[ G(z)^2 ]',
  task: 'image-synthesis',
  config: z.strictObject({ latent: z.number().default(2).describe('length of the noise vector') }),
  training: { batch: 4, epochs: 1 },
  create: (_, context) => game(context),
});
testVariant(good);

/** It has all that a contract allows: moves with names, one that trains nobody, a frozen player, a state of numbers. */
const full = defineVariant({
  ...good,
  name: 'halves',
  create: (_, context) =>
    defineGame({
      players: {
        ...game(context).players,
        teacher: { network: network({ ...context, seed: context.seed + 1 }) },
      },
      state: { steps: 0 },
      afterStep: ({ steps }, { size }) => ({ steps: steps + Math.min(size!, 1) }),
      moves: [
        {
          name: 'teaching',
          trains: [],
          loss: ({ n, networks, random, share }) => {
            const lesson = share('lesson', networks.teacher(random.normal([n, 2])));
            return { size: tf.mean(tf.abs(lesson)) };
          },
        },
        {
          name: 'learning',
          trains: 'generator',
          loss: ({ n, networks, random, shared }) => ({
            distance: tf.mean(tf.square(tf.sub(networks.generator(random.normal([n, 2])), shared('lesson')))),
          }),
        },
      ],
      sample: ({ n, networks, random }) => {
        const z = random.normal([n, 2]);
        return tf.div(tf.add(networks.generator(z), networks.teacher(z)), 2);
      },
    }),
});
testVariant(full);

/** An optimizer that does nothing. */
const idle: Optimizer = {
  name: 'idle',
  start: () => ({ slots: {}, counts: [], step: () => {}, dispose: () => {} }),
};

/** The variant with another game. */
const playing = (change: (whole: Game<'generator'>, context: BuildContext) => Game): Partial<Variant> => ({
  create: (_, context) => change(game(context), context),
});
/** The variant with another loss. */
const withLoss = (loss: JointMove<'generator'>['loss']) =>
  playing((whole) => ({ ...whole, moves: [{ trains: 'generator', loss }] }));
/** The variant with latents that differ in a part. */
const withLatents = (part: Partial<Latents<'generator'>>) =>
  playing((whole) => ({ ...whole, latents: { ...whole.latents!, ...part } }));
const leaked: tf.Tensor[] = [];
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
    playing((whole, context) => ({
      ...whole,
      players: {
        ...whole.players,
        idle: { network: network(context), optimizer: adam({ learningRate: 1 }) },
      },
    })),
    `moves every player that has an optimizer${on}`,
    /the weights of "idle" are after 2 steps those that it began with/,
  ],
  [
    'a leak',
    playing((whole) => ({
      ...whole,
      sample: ({ n, networks, random }) => {
        leaked.push(tf.keep(tf.scalar(1)));
        return networks.generator!(random.normal([n, 2]));
      },
    })),
    `plays two steps with finite losses, and leaves no tensor behind${on}`,
    /leaves \d+ tensors behind/,
  ],
  [
    'a loss that is not finite',
    withLoss(({ networks, random }) => ({
      size: tf.mean(tf.log(tf.sub(networks.generator(random.normal([4, 2])), 9))),
    })),
    `plays two steps with finite losses, and leaves no tensor behind${on}`,
    /NaN/,
  ],
  [
    'images beyond 1',
    playing((whole) => ({ ...whole, sample: ({ n }) => tf.fill([n, 8, 8, 1], 1.5) })),
    `samples images in [-1, 1] of the shape of its data${on}`,
    /a sample holds .*pixels in \[-1, 1\]/,
  ],
  [
    'a player that stands still',
    playing((whole) => {
      const { generator } = whole.players;
      return { ...whole, players: { generator: { ...generator, optimizer: idle } } };
    }),
    `moves every player that has an optimizer${on}`,
    /the weights of "generator" are after 2 steps those that it began with/,
  ],
  [
    'a player of which only statistics move',
    playing((whole) => {
      const normal = whole.players.generator.network as tf.Sequential;
      normal.add(tf.layers.batchNormalization());
      return { ...whole, players: { generator: { network: normal, optimizer: idle } } };
    }),
    `moves every player that has an optimizer${on}`,
    /the weights of "generator" are after 2 steps those that it began with/,
  ],
  [
    'chance',
    withLoss(({ networks, random }) => ({
      size: tf.mean(tf.square(tf.sub(networks.generator(random.normal([4, 2])), Math.random()))),
    })),
    `depends on the seed alone${on}`,
    /a second run of the same seed: generator\//,
  ],
  [
    'one seed for all',
    {
      create: (_, context) =>
        ({
          ...game({ ...context, seed: 5 }),
          moves: [
            {
              trains: 'generator',
              loss: ({ networks }) => ({ size: tf.mean(networks.generator!(tf.ones([4, 2]))) as tf.Scalar }),
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
            loss: ({ networks, random }) => ({
              size: tf.mul(
                ++steps,
                tf.mean(tf.square(tf.sub(networks.generator!(random.normal([4, 2])), steps))),
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
    'a number carried outside of the state',
    playing((whole) => {
      let steps = 0;
      return { ...whole, state: { steps }, afterStep: () => ({ steps: ++steps }) };
    }),
    `goes on from a saved checkpoint as if it had never stopped${on}`,
    /a resumed run: state\/steps: 1 at 0, but expected 2/,
  ],
  [
    'samples that do not come from the weights',
    playing((whole, { seed }) => ({ ...whole, sample: ({ n }) => tf.fill([n, 8, 8, 1], 1 / seed) })),
    `samples the same from saved weights${on}`,
    /samples from the saved weights/,
  ],
  [
    'latents of another shape than it says',
    withLatents({ shape: [3] }),
    `makes images of its latents, if it has such${on}`,
    /latents of shape \[3,2\], expected \[3,3\]/,
  ],
  [
    'latents that are not finite',
    withLatents({ sample: ({ n }) => tf.fill([n, 2], Number.NaN) }),
    `makes images of its latents, if it has such${on}`,
    /a latent holds NaN at 0/,
  ],
  [
    'other images of the same latents',
    playing((whole) => {
      let calls = 0;
      return {
        ...whole,
        latents: {
          ...gaussianLatents(2),
          synthesize: ({ shape: [n] }) => tf.fill([n, 8, 8, 1], ++calls / 99),
        },
      };
    }),
    `makes images of its latents, if it has such${on}`,
    /images of the latents that `sample` draws/,
  ],
  [
    'a truncation that does nothing',
    withLatents({ sample: ({ n, random }) => random.normal([n, 2]) }),
    `makes images of its latents, if it has such${on}`,
    /truncation 0.5 gives the images of truncation 1/,
  ],
];

it.each(broken)('%s: is found', async (_, change, fails, says) => {
  const found = await failures(variantChecks({ ...(good as unknown as Variant), ...change }));
  tf.dispose(leaked.splice(0));
  expect(found[fails]).toMatch(says);
});

it('lets a game refuse to truncate', async () => {
  const refusing = withLatents({
    sample: ({ n, random, truncation }) => {
      if (truncation < 1) throw new GameError('this game knows no mean');
      return random.normal([n, 2]);
    },
  });
  expect(await failures(variantChecks({ ...(good as unknown as Variant), ...refusing }))).toEqual({});
});
