import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { defineGame, disposeGame, type Game, gaussianLatents, sampleContext } from './index.js';
import { lastCheckpoint, mean, ofType, run, solo, twoHeads } from './testing.js';

describe('the average of weights', () => {
  it('advances once a step, however many moves train the player, by a number or a schedule', async () => {
    const averages = async (ema: number | ((moment: { step: number }) => number)) => {
      const { players } = solo({ rate: 0.25 });
      const loss = ({ networks }: { networks: Record<string, (x: tf.Tensor) => tf.Tensor> }) => ({
        weight: mean(networks.solo!(tf.ones([1, 1]))),
      });
      const g = defineGame({
        players: { solo: { ...players.solo, ema } },
        moves: [
          { trains: 'solo', loss },
          { trains: 'solo', name: 'again', loss },
        ],
        sample: ({ n }) => tf.zeros([n, 1, 1, 1]),
      });
      const { tensors } = await lastCheckpoint(g, { length: { steps: 2 } });
      return tensors['solo/average/0']!.data[0];
    };
    // Weights 1, then 0.5 and 0 after the steps; the average is halfway each time.
    expect(await averages(0.5)).toBe(0.375);
    expect(await averages(({ step }) => (step === 0 ? 0 : 0.5))).toBe(0.25);
    const { players, ...rest } = solo();
    const g = { ...rest, players: { solo: { ...players.solo, ema: () => 1 } } };
    await expect(run(g)).rejects.toThrow(/ema of player "solo" gave 1 at step 0/);
    disposeGame(g);
  });
});

describe('players that share layers', () => {
  it('train alike, however often they are sampled with their averages', async () => {
    const rarely = await lastCheckpoint(twoHeads(1), { length: { steps: 6 } });
    const often = await lastCheckpoint(twoHeads(1), { length: { steps: 6 }, sampleEvery: 1 });
    expect(often).toEqual(rarely);
  });
});

describe('a frozen player', () => {
  it('runs in inference mode, does not change, and is not in the checkpoint', async () => {
    const encoder = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [2, 2, 1] }),
        tf.layers.batchNormalization({}),
        tf.layers.dropout({ rate: 0.9 }),
        tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.ones() }),
      ],
    });
    const before = encoder.getWeights().map((w) => w.dataSync().slice());
    const codes: number[] = [];
    const g = defineGame({
      players: { ...solo().players, encoder: { network: encoder } },
      moves: [
        {
          trains: 'solo',
          loss: ({ real, networks }) => {
            const code = networks.encoder(real.images);
            codes.push(
              mean(code).arraySync() - mean(tf.sum(tf.reshape(real.images, [-1, 4]), 1)).arraySync(),
            );
            return { product: mean(tf.mul(mean(code), networks.solo(tf.ones([1, 1])))) };
          },
        },
      ],
      sample: ({ n }) => tf.zeros([n, 1, 1, 1]),
    });
    const events = await run(g, { length: { steps: 2 } });
    expect(encoder.getWeights().map((w) => w.dataSync().slice())).toEqual(before);
    // Neither dropout nor the batch's statistics: only the epsilon of the batch norm is left.
    for (const difference of codes) expect(Math.abs(difference)).toBeLessThan(0.01);
    expect(ofType(events, 'start')[0]!.parameters).toEqual({ solo: 1, encoder: 0 });
    const { tensors } = ofType(events, 'checkpoint').at(-1)!.checkpoint;
    expect(Object.keys(tensors)).toEqual(['solo/weights/0']);
    disposeGame(g);
  });
});

describe('latents', () => {
  it('can be differentiated through synthesis', () => {
    const g = solo();
    const latent: Game<'solo'> = {
      ...g,
      latents: {
        ...gaussianLatents(1),
        synthesize: (z, { networks }) => tf.mul(networks.solo(z), 3),
      },
    };
    const gradient = tf.tidy(() => {
      const context = sampleContext(latent, { n: 2, seed: 1 });
      return tf.grad((z) => latent.latents!.synthesize(z, context))(tf.ones([2, 1]));
    });
    expect([...gradient.dataSync()]).toEqual([3, 3]);
    gradient.dispose();
    disposeGame(g);
  });
});
