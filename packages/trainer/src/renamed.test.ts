import { fromArrays } from '@ganjs/datasets';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineGame, type Game, GameError, sample, sgd, type TrainOptions, train } from './index.js';

const image = { height: 1, width: 1, channels: 1 };
const data = fromArrays({ name: 'gray', images: new Uint8Array(4).fill(128), image });

let network: tf.LayersModel;
beforeAll(() => {
  network = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [2] }), tf.layers.reshape({ targetShape: [1, 1, 1] })],
  });
});
afterAll(() => void network.dispose());

/** What a move or a sampler of 0.1 read. */
interface Round {
  readonly n: number;
  readonly play: { readonly generator: (z: tf.Tensor) => tf.Tensor };
  readonly draw: { normal(shape: [number, number]): tf.Tensor };
  readonly given: { readonly labels?: tf.Tensor };
  keep(name: string, tensor: tf.Tensor): tf.Tensor;
  kept(name: string): tf.Tensor;
}

/** A game whose move, or sampler, was written against 0.1. */
function oldGame({
  move,
  sampler,
}: {
  move?: (round: Round) => tf.Tensor;
  sampler?: (round: Round) => tf.Tensor;
}) {
  const zero = () => tf.scalar(0);
  return defineGame({
    players: { generator: { network, optimizer: sgd({ learningRate: 1 }) } },
    moves: [
      { trains: 'generator', loss: (context) => ({ size: (move ?? zero)(context as unknown as Round) }) },
    ],
    sample: (context) => (sampler ?? zero)(context as unknown as Round),
  });
}

async function play(game: Game, options: object = {}): Promise<void> {
  const run: TrainOptions = { batch: 4, seed: 1, length: { steps: 1 }, ...options };
  for await (const _ of train(game, data, run));
}

describe('a game written for 0.1', () => {
  it.each<[renamed: string, move: (round: Round) => tf.Tensor]>([
    ['`play` is called `networks`', ({ play, draw, n }) => tf.mean(play.generator(draw.normal([n, 2])))],
    ['`draw` is called `random`', ({ draw, n }) => tf.mean(draw.normal([n, 2]))],
    ['`keep` is called `share`', ({ keep }) => keep('zero', tf.scalar(0))],
    ['`kept` is called `shared`', ({ kept }) => kept('zero')],
  ])('is told in its move that %s', async (renamed, move) => {
    const playing = play(oldGame({ move }));
    await expect(playing).rejects.toThrow(GameError);
    await expect(playing).rejects.toThrow(renamed);
  });

  it('is told by its sampler too, and what else changed', async () => {
    const painting = sample(oldGame({ sampler: ({ given }) => given.labels! }), { n: 1, seed: 1 });
    await expect(painting).rejects.toThrow(
      /`given` is called `condition` since 0.2.*restoreNetworks is restoreGame/,
    );
  });

  it('is told of options that have other names now', async () => {
    const given = {};
    await expect(sample(oldGame({}), { n: 1, seed: 1, ...{ given } })).rejects.toThrow(/`given` is called/);
    await expect(play(oldGame({}), { sampleGiven: given })).rejects.toThrow(
      /`sampleGiven` is called `sampleCondition`/,
    );
  });
});
