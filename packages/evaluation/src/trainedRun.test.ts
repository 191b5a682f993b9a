import { gaussianRing } from '@ganjs/datasets';
import type { Game } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { trainedRun } from './index.js';

/** A game without networks, whose image i shows label i and noise. */
const game: Game = {
  players: {},
  moves: [],
  categories: 4,
  sample({ n, condition, random }) {
    const { labels = tf.zeros([n]) } = condition as { labels?: tf.Tensor1D };
    return tf.add(
      tf.mul(tf.reshape(tf.cast(labels, 'float32'), [n, 1, 1, 1]), 100),
      random.normal([n, 1, 1, 1]),
    );
  },
};

it('samples a game by its contract: the same seed gives the same images, of the condition', async () => {
  const data = gaussianRing();
  const open = async () => data;
  const about = { task: 'image-synthesis', info: data.info, n: 3, heldOut: open, trainedOn: open } as const;
  const [run, again, other] = [1, 1, 2].map((seed) => trainedRun(game, { ...about, seed }));
  expect(run!.categories).toBe(4);
  const labels = tf.tensor1d([0, 1, 2], 'int32');
  const drawn = await Promise.all([run, again, other].map((one) => one!.sample(3, { labels })));
  const [first, same, different] = drawn.map((images) => [...images.dataSync()]);
  expect(drawn[0]!.shape).toEqual([3, 1, 1, 1]);
  expect(first!.map((value) => Math.round(value / 100))).toEqual([0, 1, 2]);
  expect(same).toEqual(first);
  expect(different).not.toEqual(first);
  tf.dispose([labels, drawn]);
});

it('goes the way back where the game has one, some images at a time', () => {
  const data = gaussianRing();
  const open = async () => data;
  const about = {
    task: 'unpaired-translation',
    info: data.info,
    n: 3,
    seed: 1,
    heldOut: open,
    trainedOn: open,
  } as const;
  expect(trainedRun(game, about).reverse).toBeUndefined();
  const sizes: number[] = [];
  const run = trainedRun(
    {
      ...game,
      reverse(images, { n }) {
        sizes.push(n);
        return tf.mul(images, 2);
      },
    },
    about,
  );
  const images = tf.tensor4d(
    Array.from({ length: 20 }, (_, i) => i),
    [20, 1, 1, 1],
  );
  const returned = run.reverse!(images);
  expect([...returned.dataSync()]).toEqual(Array.from({ length: 20 }, (_, i) => 2 * i));
  expect(sizes).toEqual([16, 4]);
  tf.dispose([images, returned]);
});
