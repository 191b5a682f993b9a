import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { DivergenceError, defineGame, disposeGame, type Game, restoreGame, sample } from './index.js';
import { lastCheckpoint, mean, ofType, run, solo } from './testing.js';

/** A game that counts its steps in a number, and paints the count, the step and the progress. */
const counting = () => {
  const { players } = solo();
  return defineGame({
    players,
    state: { count: 0, seen: 0 },
    moves: [
      {
        trains: 'solo',
        times: 2,
        loss: ({ networks, real, state, measure }) => {
          measure('brightness', mean(real.images));
          return { weight: mean(networks.solo(tf.ones([1, 1]))).mul(1 + state.count) };
        },
      },
    ],
    afterStep: ({ count, seen }, { brightness }) => ({ count: count + 1, seen: seen + brightness! }),
    sample: ({ n, state, step, progress }) =>
      tf.fill([n, 1, 1, 1], state.count + step / 100 + progress / 10_000),
  });
};

describe("a game's numbers", () => {
  it('change after each step by what its moves measured, the mean over repetitions', async () => {
    const g = counting();
    const steps = ofType(await run(g, { length: { steps: 3 } }), 'step');
    disposeGame(g);
    expect(steps.map(({ state }) => state.count)).toEqual([1, 2, 3]);
    const sums = steps.map(({ measures }) => measures.brightness!);
    expect(steps[2]!.state.seen).toBeCloseTo(sums[0]! + sums[1]! + sums[2]!, 12);
    expect(steps[0]!.losses).toEqual([{ move: 'solo', term: 'weight', value: expect.any(Number) }]);
  });

  it('go through a checkpoint, so that a resumed run is the uninterrupted one', async () => {
    const whole = await lastCheckpoint(counting(), { length: { steps: 4 } });
    // Stopped after two steps of the four.
    const stop = new AbortController();
    const g = counting();
    const events = await run(g, { length: { steps: 4 }, checkpointEvery: 2 });
    disposeGame(g);
    stop.abort();
    const half = ofType(events, 'checkpoint')[0]!.checkpoint;
    expect(half.state).toEqual({ count: 2, seen: expect.any(Number) });
    expect(await lastCheckpoint(counting(), { length: { steps: 4 }, resume: half })).toEqual(whole);
  });

  it('are there when a checkpoint is opened for sampling, with step and progress', async () => {
    const g = counting();
    const events = await run(g, { length: { steps: 4 }, samples: 2 });
    const painted = ofType(events, 'sample').at(-1)!.images;
    expect(painted.data[0]).toBeCloseTo(4 + 0.04 + 0.75 / 10_000, 6);
    const fresh = counting();
    const position = restoreGame(fresh, ofType(events, 'checkpoint').at(-1)!.checkpoint);
    expect(position).toEqual({
      step: 4,
      batch: 4,
      images: 16,
      progress: 0.75,
      state: expect.objectContaining({ count: 4 }),
    });
    expect(await sample(fresh, { n: 2, seed: 7, position })).toEqual(painted);
    disposeGame(g);
    disposeGame(fresh);
  });

  it('may be measured in any type, under one name once', async () => {
    const integer = solo({
      moves: [
        {
          trains: 'solo',
          loss: ({ networks, n, measure }) => {
            measure('examples', tf.scalar(n, 'int32'));
            return { weight: mean(networks.solo(tf.ones([1, 1]))) };
          },
        },
      ],
    });
    expect(ofType(await run(integer, { length: { steps: 1 } }), 'step')[0]!.measures).toEqual({
      examples: 4,
    });
    disposeGame(integer);
    const measuring = (name: string): Game<'solo'>['moves'][number] => ({
      ...{ name, trains: [] },
      loss: ({ measure }) => {
        measure('ones', tf.ones([]));
        return {};
      },
    });
    const twice = solo({ moves: [measuring('first'), measuring('second')] });
    await expect(run(twice)).rejects.toThrow(/two moves measure "ones"/);
    disposeGame(twice);
  });

  it('are refused when unknown or not finite', async () => {
    const told = (changed: object) => ({ ...counting(), afterStep: () => changed });
    const unknown = told({ counts: 1 });
    await expect(run(unknown)).rejects.toThrow(
      /afterStep returned "counts", which is no number of the state\. Did you mean "count"\?/,
    );
    const infinite = told({ count: Number.NaN });
    await expect(run(infinite)).rejects.toThrow(DivergenceError);
    disposeGame(unknown);
    disposeGame(infinite);
  });
});
