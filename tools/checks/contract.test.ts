import { registerWasmBackend } from '@ganjs/backend-wasm';
import { decodeCheckpoint, disposeGame, encodeCheckpoint, restoreGame, sample } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testEventLoop } from './contract/eventLoop.js';
import { accumulated } from './contract/games/accumulated.js';
import { began } from './contract/games/began.js';
import { frozen } from './contract/games/frozen.js';
import { growing } from './contract/games/growing.js';
import { inference } from './contract/games/inference.js';
import { lazyRegularization } from './contract/games/lazy.js';
import { learnedLatents } from './contract/games/learnedLatents.js';
import { longerRun } from './contract/games/longerRun.js';
import { sharedLayers } from './contract/games/sharedLayers.js';
import { simultaneous } from './contract/games/simultaneous.js';
import { threeDiscriminators } from './contract/games/threeDiscriminators.js';
import { type Run, SAMPLES, STEPS } from './contract/outsideGame.js';
import { play, traceOf, tracesOf } from './contract/play.js';

/**
 * The contract of games, tried by games that somebody outside of the repository might write: each leans on another part
 * of it, and all are held to the same promises.
 */
const games = [
  began,
  growing,
  lazyRegularization,
  frozen,
  accumulated,
  threeDiscriminators,
  sharedLayers,
  longerRun,
  simultaneous,
  inference,
  learnedLatents,
];

beforeAll(async () => {
  await registerWasmBackend({ threads: 1 });
});

describe.each(['cpu', 'ganjs-wasm'])('on %s', (backend) => {
  let before = 0;
  beforeAll(async () => {
    await tf.setBackend(backend);
    before = tf.memory().numTensors;
  });
  afterAll(() => {
    expect(tf.memory().numTensors, 'tensors left').toBe(before);
  });

  describe.each(games)('$name', (game) => {
    let run: Run;
    beforeAll(async () => {
      run = await play(game);
    });

    it('trains', () => {
      expect(run.steps.map(({ step, epoch }) => [step, epoch])).toEqual([
        ...[1, 2, 3, 4].map((step) => [step, 1]),
        ...[5, 6].map((step) => [step, 2]),
      ]);
      for (const { losses } of run.steps) {
        for (const { value } of losses) expect(value).toSatisfy(Number.isFinite);
      }
      expect(run.samples.length).toBe(STEPS);
      expect(run.checkpoints.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(run.checkpoints[5]!.tensors).not.toEqual(run.checkpoints[4]!.tensors);
    });

    it('resumes to the byte from the checkpoint of every step', async () => {
      for (const checkpoint of run.checkpoints.slice(0, -1)) {
        const resumed = await play(game, { resume: decodeCheckpoint(encodeCheckpoint(checkpoint)) });
        expect(tracesOf(resumed)).toEqual(tracesOf(run).slice(checkpoint.step));
      }
    });

    it('samples from the checkpoint of every step what the run did', async () => {
      for (const [i, checkpoint] of run.checkpoints.entries()) {
        const restored = game.create();
        const condition = game.condition?.(SAMPLES);
        const position = restoreGame(restored, decodeCheckpoint(encodeCheckpoint(checkpoint)), {
          averaged: true,
        });
        const request = { n: SAMPLES, seed: 7, position, ...(condition && { condition }) };
        expect(traceOf(await sample(restored, request))).toBe(traceOf(run.samples[i]!));
        tf.dispose({ ...condition });
        disposeGame(restored);
      }
    });

    it('is a function of the seed alone', async () => {
      const again = await play(game);
      expect(tracesOf(again)).toEqual(tracesOf(run));
    });

    it.each(Object.keys(game.claims))('%s', async (claim) => {
      await game.claims[claim]!(run);
    });
  });
});

describe('while a run goes on', () => {
  beforeAll(async () => void (await tf.setBackend('ganjs-wasm')));
  testEventLoop();
});
