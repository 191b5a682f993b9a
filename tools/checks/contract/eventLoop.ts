import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { LabelledBatch } from '@ganjs/datasets';
import { disposeGame, type Game, train } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { lazyRegularization } from './games/lazy.js';
import { BATCH } from './outsideGame.js';
import { ramps } from './play.js';

/** Milliseconds of training to look at, at least. */
const RUN = 1000;
/** The longest that a timer may wait on a busy machine, unless a step takes longer. */
const GAP = 1000;

/** A game of small steps that counts those which it has begun. */
function counting(): { game: Game<string, LabelledBatch>; begun: () => number } {
  let begun = 0;
  const game = lazyRegularization.create();
  const [first, ...others] = game.moves;
  const counted = {
    ...first!,
    when: () => {
      begun++;
      return true;
    },
  };
  return { game: { ...game, moves: [counted, ...others] }, begun: () => begun };
}

/** A run that only a signal, or its consumer, ends. */
const endless = (game: Game<string, LabelledBatch>, signal?: AbortSignal) =>
  train(game, ramps(lazyRegularization.side), {
    ...{
      batch: BATCH,
      seed: 1,
      samples: 1,
      checkpointEvery: 1e6,
      length: { steps: 1e6 },
      ...(signal && { signal }),
    },
  });

/** Registers what holds while a run goes on. */
export function testEventLoop(): void {
  it('leaves the event loop its turns: timers fire, and a worker is answered', async () => {
    // A worker that asks every 20 ms, and notes how long the answers took.
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads');
       const waits = [];
       let asked = 0;
       const ask = () => { asked = performance.now(); parentPort.postMessage('ping'); };
       parentPort.on('message', (message) => {
         if (message === 'end') { parentPort.postMessage(waits); parentPort.close(); return; }
         waits.push(performance.now() - asked);
         setTimeout(ask, 20);
       });
       ask();`,
      { eval: true },
    );
    let waits: number[] = [];
    worker.on('message', (message: 'ping' | number[]) => {
      if (message === 'ping') worker.postMessage('pong');
      else waits = message;
    });
    // A thread takes its time to start.
    await once(worker, 'message');
    const ticks: number[] = [performance.now()];
    const timer = setInterval(() => ticks.push(performance.now()), 20);
    const { game, begun } = counting();
    let longest = 0;
    for await (const event of endless(game)) {
      if (event.type === 'step') longest = Math.max(longest, event.seconds * 1000);
      // Not by a timer: the run shall end even where none fires. On a busy machine it takes longer.
      if (performance.now() - ticks[0]! > RUN && begun() > 10) break;
    }
    ticks.push(performance.now());
    clearInterval(timer);
    worker.postMessage('end');
    await once(worker, 'exit');
    disposeGame(game);
    const gaps = ticks.slice(1).map((tick, i) => tick - ticks[i]!);
    expect(ticks.length - 2, 'ticks').toBeGreaterThan(3);
    expect(waits.length, 'pings').toBeGreaterThan(3);
    for (const gap of [...gaps, ...waits]) expect(gap).toBeLessThan(Math.max(GAP, 2 * longest));
  });

  it('stops within a step of the signal', async () => {
    const { game, begun } = counting();
    const stop = new AbortController();
    let atStop = 0;
    setTimeout(() => {
      atStop = begun();
      stop.abort();
    }, 200);
    const types: string[] = [];
    const start = performance.now();
    for await (const { type } of endless(game, stop.signal)) {
      types.push(type);
      // Where no timer fires, or the signal is not heard, the test shall fail, not hang.
      if (performance.now() - start > 5 * RUN) break;
    }
    disposeGame(game);
    expect(begun() - atStop).toBeLessThanOrEqual(1);
    expect(atStop).toBeGreaterThan(0);
    expect(types.slice(-4)).toEqual(['step', 'sample', 'checkpoint', 'done']);
  });

  it('pauses while nobody asks for the next event', async () => {
    const { game, begun } = counting();
    const run = endless(game);
    while ((await run.next()).value?.type !== 'step');
    const paused = begun();
    const tensors = tf.memory().numTensors;
    await wait(200);
    expect(begun()).toBe(paused);
    expect(tf.memory().numTensors).toBe(tensors);
    expect((await run.next()).value).toMatchObject({ type: 'step', step: paused + 1 });
    await run.return();
    disposeGame(game);
  });
}
