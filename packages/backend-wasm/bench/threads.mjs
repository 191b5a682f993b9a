import { setThreads } from '../dist/index.js';
import { now } from './measure.mjs';
import { prepare } from './step.mjs';

/** Steps in a turn; the first after a change of threads does not count. */
const TURN = 4;

/**
 * What `threads` threads gain over one in a whole training step. The two take turns in one process, so that a machine
 * that varies from minute to minute treats both alike.
 */
export async function* threadGain({ variant, batch: wanted, repeats: turns = 8, threads }) {
  const { batch, step } = prepare(variant, wanted);
  const timed = async () => {
    const start = now();
    await step();
    return now() - start;
  };
  for (let i = 0; i < 3; i++) await timed();
  const times = new Map([1, threads].map((count) => [count, []]));
  for (let turn = 0; turn < turns; turn++) {
    for (const [count, taken] of times) {
      await setThreads(count);
      await timed();
      for (let i = 0; i < TURN; i++) taken.push(await timed());
    }
  }
  const sorted = [...times.values()].map((taken) => taken.toSorted((a, b) => a - b));
  const [one, many] = sorted.map((taken) => taken[taken.length >> 1]);
  const [bestOfOne, bestOfMany] = sorted.map(([best]) => best);
  yield {
    text:
      `step ${variant} batch ${batch}  1 thread ${one.toFixed(3)} s, ${threads} threads ${many.toFixed(3)} s: ` +
      `${(one / many).toFixed(2)} times as fast (the best of each: ${(bestOfOne / bestOfMany).toFixed(2)})`,
    variant,
    batch,
    secondsWithOne: one,
    secondsPerStep: many,
    imagesPerSecond: batch / many,
    gain: one / many,
    gainOfBest: bestOfOne / bestOfMany,
  };
}
