import * as tf from '@tensorflow/tfjs';

const clocks = {
  wall: () => performance.now() / 1000,
  /** Processor time of all threads: what to compare, with one thread, on a machine that others use too. */
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
};
let clock = clocks.wall;

/** Seconds by the chosen clock. */
export const now = () => clock();

/** Chooses the clock: `wall` or `cpu`. */
export function setClock(name) {
  if (!(name in clocks))
    throw new Error(`unknown clock '${name}'; there are: ${Object.keys(clocks).join(', ')}`);
  clock = clocks[name];
}

/** Median of the times of `repeats` runs, in seconds, after `warmUp` runs that do not count. */
export async function median(run, { repeats = 9, warmUp = 3 } = {}) {
  for (let i = 0; i < warmUp; i++) await run();
  const times = [];
  for (let i = 0; i < repeats; i++) {
    const start = now();
    await run();
    // Ours returns while its threads still work.
    tf.backend().runtime?.finish();
    times.push(now() - start);
  }
  return middle(times);
}

/** The median. */
export function middle(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}

/** Numbers in [-1, 1) that are the same on every backend. */
export function numbers(length, seed = 1) {
  let state = Math.imul(seed, 2654435761) | 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  });
}
