import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineGame, defineVariant, GameError, isVariant, sgd } from './index.js';

let network: tf.LayersModel;
beforeAll(() => {
  network = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
});
afterAll(() => void network.dispose());

const move = { trains: 'solo' as const, loss: () => ({ zero: tf.scalar(0) }) };
const sample = () => tf.zeros([1, 1, 1, 1]);
const player = () => ({ network, optimizer: sgd({ learningRate: 1 }) });

describe('defineGame', () => {
  it('refuses what no training step could play, naming the part', () => {
    const players = { solo: player() };
    expect(() => defineGame({ players, moves: [], sample })).toThrow(GameError);
    expect(() => defineGame({ players, moves: [{ ...move, trains: 'solow' as 'solo' }], sample })).toThrow(
      /move 0 trains "solow", but no player is called so\. Did you mean "solo"\?/,
    );
    expect(() => defineGame({ players, moves: [{ ...move, trains: [] }], sample })).toThrow(
      /trains nobody: name a player, or give the move a `name`/,
    );
    expect(() => defineGame({ players: { solo: { network } }, moves: [move], sample })).toThrow(
      /trains "solo", which is frozen/,
    );
    expect(() => defineGame({ players, moves: [move, move], sample })).toThrow(
      /two moves are reported as "solo"/,
    );
    expect(() => defineGame({ players, moves: [{ ...move, microBatches: 1.5 }], sample })).toThrow(
      /microBatches 1.5/,
    );
    expect(() => defineGame({ players, moves: [move], sample, state: { best: Infinity } })).toThrow(
      /"best" begins as Infinity/,
    );
    expect(() => defineGame({ players, moves: [move] })).toThrow(/needs `latents`, or `sample`/);
    expect(() => defineGame({ players, moves: [{ ...move, times: 0 }], sample })).toThrow(/times 0/);
    expect(() => defineGame({ players: { solo: { ...player(), ema: 1 } }, moves: [move], sample })).toThrow(
      /ema 1/,
    );
  });
});

describe('defineVariant', () => {
  const parts = {
    name: 'solo-gan',
    summary: 'One player.',
    paper: { title: 'Solo', authors: 'Nobody', year: 2026 },
    algorithm: 'play',
    task: 'image-synthesis',
    config: z.strictObject({ latent: z.number().default(3).describe('length of the noise') }),
    training: { batch: 1, epochs: 1 },
    create: () => defineGame({ players: { solo: player() }, moves: [move], sample }),
  } as const;

  it('returns a value that is recognised as a variant', () => {
    expect(isVariant(defineVariant(parts))).toBe(true);
    expect(isVariant({ ...parts, task: 'juggling' })).toBe(false);
    expect(isVariant(null)).toBe(false);
    expect(isVariant(defineVariant)).toBe(false);
  });

  it('leaves no tensor behind when a network after the first cannot be built', () => {
    const variant = defineVariant({
      ...parts,
      create: () => {
        tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
        throw new RangeError('the second network');
      },
    });
    const { numTensors } = tf.memory();
    expect(() =>
      variant.create({ latent: 3 }, { image: { height: 1, width: 1, channels: 1 }, classes: 0, seed: 1 }),
    ).toThrow('the second network');
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('asks for a kebab-case name, and for defaults and descriptions', () => {
    expect(() => defineVariant({ ...parts, name: 'SoloGAN' })).toThrow(/kebab-case .* "SoloGAN"/);
    const noDefault = z.strictObject({ latent: z.number().describe('length') });
    expect(() => defineVariant({ ...parts, config: noDefault })).toThrow(/"latent" needs a default/);
    const noDescription = z.strictObject({ latent: z.number().default(3) });
    expect(() => defineVariant({ ...parts, config: noDescription })).toThrow(/"latent" needs a description/);
  });
});
