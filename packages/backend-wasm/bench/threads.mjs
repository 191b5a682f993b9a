import { setThreads } from '../dist/index.js';
import { coreGain } from './cores.mjs';
import { middle, now } from './measure.mjs';
import { prepare } from './step.mjs';

/** Steps in a turn; the first after a change of threads does not count. */
const TURN = 2;
/** A turn counts as one on idle cores when these gain that much of what they could, before it and after it. */
const IDLE = 0.9;

/**
 * What `threads` threads gain over one in a whole training step. The two take turns in one process, so that a machine
 * that varies from minute to minute treats both alike, and each turn measures what the machine itself gives.
 */
export async function* threadGain({ variant, batch: wanted, repeats: turns = 20, threads }) {
  const { batch, step } = prepare(variant, wanted);
  const timed = async () => {
    const start = now();
    await step();
    return now() - start;
  };
  for (let i = 0; i < 3; i++) await timed();
  const coresNow = await coreGain(threads);
  const measured = [];
  for (let turn = 0; turn < turns; turn++) {
    const cores = [coresNow()];
    const times = [];
    for (const count of [1, threads]) {
      await setThreads(count);
      await timed();
      const taken = [];
      for (let i = 0; i < TURN; i++) taken.push(await timed());
      times.push(taken);
      cores.push(coresNow());
    }
    measured.push({ cores, times });
  }
  const of = (chosen) => {
    const [one, many] = [0, 1].map((i) => middle(chosen.flatMap(({ times }) => times[i])));
    return { one, many, gain: one / many, cores: middle(chosen.flatMap(({ cores }) => cores)) };
  };
  const idle = measured.filter(({ cores }) => Math.min(...cores) > IDLE * threads);
  const all = of(measured);
  const whenIdle = idle.length > 0 ? of(idle) : undefined;
  const say = ({ gain, cores }) =>
    `${gain.toFixed(2)} times as fast (the cores themselves ${cores.toFixed(2)})`;
  yield {
    text:
      `step ${variant} batch ${batch}  1 thread ${all.one.toFixed(3)} s, ${threads} threads ${all.many.toFixed(3)} s: ${say(all)}` +
      `; in the ${idle.length} of ${turns} turns on idle cores${whenIdle ? ` ${say(whenIdle)}` : ''}`,
    variant,
    batch,
    secondsWithOne: all.one,
    secondsPerStep: all.many,
    imagesPerSecond: batch / all.many,
    gain: all.gain,
    coreGain: all.cores,
    turns,
    idleTurns: idle.length,
    ...(whenIdle && { idleGain: whenIdle.gain }),
  };
}
