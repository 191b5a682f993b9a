import { kernelExports } from './generated/kernels.ts';

/**
 * Layout of the block of shared memory through which the threads agree: indices of 32-bit words, a cache line
 * apart where several threads write, but `arguments`, which is in bytes.
 */
export const CONTROL = {
  /** Counts jobs; workers sleep on it. */
  epoch: 0,
  /** Number of workers in the job, plus `open` while it may be entered. */
  state: 16,
  /** Value of `state`'s flag. */
  open: 1 << 30,
  /** Set by a worker whose kernel trapped. */
  failed: 48,
  /** Number of workers that shall live; those with a higher index leave. */
  limit: 49,
  kernel: 64,
  count: 65,
  grain: 66,
  argumentCount: 67,
  /** Threads among which the job's tiles are divided. */
  threads: 68,
  /** Byte offset of the arguments, as 64-bit floats. */
  arguments: 320,
  maxArguments: 48,
  /** For each thread, a cache line apart: how many tiles of its share are taken. */
  taken: 176,
  stride: 16,
  maxThreads: 256,
} as const;

export const CONTROL_BYTES = 4 * (CONTROL.taken + CONTROL.stride * CONTROL.maxThreads);

/**
 * Calls `work(begin, end)` on the ranges of `grain` tiles that no thread has taken yet, this thread's share first.
 *
 * Thread t's share is the t-th of equal parts, so that a thread meets the same rows of a map in one kernel after
 * the other, and finds them in its own cache; what is left of the others' it takes over when it has done its own.
 *
 * Stands in the workers' source as text: it must use nothing but its arguments.
 */
export function takeTiles(
  i32: Int32Array,
  control: typeof CONTROL,
  thread: number,
  work: (begin: number, end: number) => void,
): void {
  const threads = i32[control.threads]!;
  const count = i32[control.count]!;
  const grain = i32[control.grain]!;
  const ranges = Math.ceil(count / grain);
  for (let k = 0; k < threads; k++) {
    const owner = (thread + k) % threads;
    const start = Math.floor((ranges * owner) / threads) * grain;
    const end = Math.min(count, Math.floor((ranges * (owner + 1)) / threads) * grain);
    for (;;) {
      const begin = start + Atomics.add(i32, control.taken + control.stride * owner, grain);
      if (begin >= end) break;
      work(begin, Math.min(begin + grain, end));
    }
  }
}

/**
 * What a worker runs, as source text: it must start from a string (a blob URL in a page, `eval` in Node), so
 * that neither bundlers nor users have to locate a file.
 *
 * A worker enters a job by adding one to `state` and works only if the job is still open then, so that the
 * calling thread need not wait for workers that wake up late. It leaves by itself when it is told to: one that is
 * killed might have entered, and would never be seen to leave.
 */
export const workerSource = `
const CONTROL = ${JSON.stringify(CONTROL)};
const names = ${JSON.stringify(kernelExports)};
const takeTiles = ${takeTiles};
function main({ module, memory, control, scratch, spins, index }, tell) {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  exports.setScratch(scratch);
  exports.prepareScratch();
  const i32 = new Int32Array(memory.buffer, control, ${CONTROL_BYTES / 4});
  const f64 = new Float64Array(memory.buffer, control + CONTROL.arguments, CONTROL.maxArguments);
  let seen = Atomics.load(i32, CONTROL.epoch);
  tell('ready');
  for (;;) {
    for (let spin = 0; Atomics.load(i32, CONTROL.epoch) === seen; spin++) {
      if (spin > spins) Atomics.wait(i32, CONTROL.epoch, seen);
    }
    seen = Atomics.load(i32, CONTROL.epoch);
    if (index >= Atomics.load(i32, CONTROL.limit)) break;
    if (Atomics.add(i32, CONTROL.state, 1) & CONTROL.open) {
      try {
        const kernel = exports[names[i32[CONTROL.kernel]]];
        const args = Array.from(f64.subarray(0, i32[CONTROL.argumentCount]));
        takeTiles(i32, CONTROL, index + 1, (begin, end) => kernel(...args, begin, end));
      } catch {
        Atomics.store(i32, CONTROL.failed, 1);
      }
    }
    Atomics.sub(i32, CONTROL.state, 1);
    Atomics.notify(i32, CONTROL.state);
  }
  tell('stopped');
}
if (typeof require === 'function') {
  const { parentPort, workerData } = require('node:worker_threads');
  main(workerData, (message) => parentPort.postMessage(message));
} else {
  onmessage = ({ data }) => {
    main(data, (message) => postMessage(message));
    close();
  };
}
`;
