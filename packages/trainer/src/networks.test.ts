import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { defineGame, disposeGame, sgd } from './index.js';
import { mean, run } from './testing.js';

/** Numbers that a network of the test keeps for its derivative, if it is recorded. */
const WIDE = 1000;

it("a move holds the activations of the networks that it trains: those of a generator not in the discriminator's", async () => {
  const dense = (units: number, activation?: 'tanh') =>
    tf.layers.dense({ units, ...(activation && { activation }) });
  const network = () => {
    const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [1] })] });
    for (const layer of [dense(WIDE, 'tanh'), dense(WIDE, 'tanh'), dense(1)]) model.add(layer);
    return model;
  };
  const optimizer = sgd({ learningRate: 1e-6 });
  const held: Record<string, number> = {};
  const bytes = <T>(name: string, f: () => T): T => {
    const { numBytes } = tf.memory();
    const result = f();
    held[name] = (tf.memory().numBytes - numBytes) / 4;
    return result;
  };
  const g = defineGame({
    players: {
      discriminator: { network: network(), optimizer },
      generator: { network: network(), optimizer },
    },
    moves: [
      {
        trains: 'discriminator',
        loss: ({ networks }) => {
          const fake = bytes('generator, not trained', () => networks.generator(tf.ones([4, 1])));
          return { score: mean(bytes('discriminator, trained', () => networks.discriminator(fake))) };
        },
      },
      {
        trains: 'generator',
        loss: ({ networks }) => {
          const fake = bytes('generator, trained', () => networks.generator(tf.ones([4, 1])));
          // Not trained, but on the way to what is.
          return { score: mean(bytes('discriminator, on the way', () => networks.discriminator(fake))) };
        },
      },
    ],
    sample: ({ n }) => tf.zeros([n, 1, 1, 1]),
  });
  await run(g, { length: { steps: 1 } });
  disposeGame(g);
  // The images alone.
  expect(held['generator, not trained']).toBeLessThan(10);
  expect(held['discriminator, trained']).toBeGreaterThanOrEqual(8 * WIDE);
  expect(held['generator, trained']).toBeGreaterThanOrEqual(8 * WIDE);
  expect(held['discriminator, on the way']).toBeGreaterThanOrEqual(8 * WIDE);
});
