import { rangeKernels } from '../generated/kernels.js';

/**
 * Layout of the block of shared memory through which the threads agree: indices of 32-bit words, a cache line
 * apart where several threads write. Jobs are numbered in the order in which they are published; numbers wrap.
 */
export const CONTROL = {
  /** Changes whenever there is something to look at; workers sleep on it. */
  wake: 0,
  /** Number that the next job gets. */
  published: 16,
  /** First job that is not known to be done. */
  oldest: 32,
  /** Index, plus 1, of a kernel that trapped. */
  failed: 48,
  /** Number of workers that shall live; those with a higher index leave. */
  limit: 49,
  /** Where the jobs are: job n in the place n mod `places`, which are `placeSize` words each. */
  jobs: 64,
  places: 16,
  placeSize: 144 + 16 * 256,
  maxThreads: 256,
} as const;

/** Layout of a job's place, as CONTROL's. */
export const JOB = {
  /** Number of workers in the job, plus `open` while it may be entered. */
  state: 0,
  /** Value of `state`'s flag. */
  open: 1 << 30,
  /** Ranges of tiles that are done. */
  done: 16,
  kernel: 32,
  number: 33,
  count: 34,
  grain: 35,
  ranges: 36,
  argumentCount: 37,
  /** Threads among which the tiles are divided. */
  threads: 38,
  /** As 64-bit floats. */
  arguments: 48,
  maxArguments: 48,
  /** For each thread, a cache line apart: how many tiles of its share are taken. */
  taken: 144,
  stride: 16,
} as const;

/** Bytes of the block that threads are told by. */
export const CONTROL_BYTES = 4 * (CONTROL.jobs + CONTROL.places * CONTROL.placeSize);

/**
 * Calls `work(begin, end)` on the ranges of `grain` tiles that no thread has taken yet, this thread's share first.
 *
 * Thread t's share is the t-th of equal parts, so that a thread meets the same rows of a map in one kernel after
 * the other, and finds them in its own cache; what is left of the others' it takes over when it has done its own.
 *
 * Stands in the workers' source as text: it must use nothing but its arguments.
 *
 * @param place index of the job's place in `i32`
 * @returns how many ranges this call has done
 */
export function takeTiles(
  i32: Int32Array,
  job: typeof JOB,
  place: number,
  thread: number,
  work: (begin: number, end: number) => void,
): number {
  const threads = i32[place + job.threads]!;
  const count = i32[place + job.count]!;
  const grain = i32[place + job.grain]!;
  const ranges = i32[place + job.ranges]!;
  let done = 0;
  for (let k = 0; k < threads; k++) {
    const owner = (thread + k) % threads;
    const start = Math.floor((ranges * owner) / threads) * grain;
    const end = Math.min(count, Math.floor((ranges * (owner + 1)) / threads) * grain);
    for (;;) {
      const begin = start + Atomics.add(i32, place + job.taken + job.stride * owner, grain);
      if (begin >= end) break;
      work(begin, Math.min(begin + grain, end));
      done++;
    }
  }
  return done;
}

/**
 * What a worker runs, as source text: it must start from a string (a blob URL in a page, `eval` in Node), so
 * that neither bundlers nor users have to locate a file.
 *
 * A worker does the jobs in their order, each when all tiles of the one before are done. It enters a job by adding
 * one to `state` and works only if the job is still open then and the one that it means, so that nobody need wait for
 * workers that wake up late. It leaves by itself when it is told to: one that is killed might have entered, and would
 * never be seen to leave.
 */
export const workerSource = `
const CONTROL = ${JSON.stringify(CONTROL)};
const JOB = ${JSON.stringify(JOB)};
const names = ${JSON.stringify(rangeKernels)};
const takeTiles = ${takeTiles};
function main({ module, memory, control, scratch, spins, index }, tell) {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  exports.setScratch(scratch);
  exports.prepareScratch();
  const i32 = new Int32Array(memory.buffer, control, ${CONTROL_BYTES / 4});
  const f64 = new Float64Array(memory.buffer, control, ${CONTROL_BYTES / 8});
  function work(place) {
    const kernel = exports[names[i32[place + JOB.kernel]]];
    const first = (place + JOB.arguments) / 2;
    const args = Array.from(f64.subarray(first, first + i32[place + JOB.argumentCount]));
    return takeTiles(i32, JOB, place, index + 1, (begin, end) => {
      try {
        kernel(...args, begin, end);
      } catch {
        Atomics.store(i32, CONTROL.failed, i32[place + JOB.kernel] + 1);
      }
    });
  }
  let job = Atomics.load(i32, CONTROL.oldest);
  tell('ready');
  for (;;) {
    const wake = Atomics.load(i32, CONTROL.wake);
    if (index >= Atomics.load(i32, CONTROL.limit)) break;
    if (Atomics.load(i32, CONTROL.published) === job) {
      for (let spin = 0; Atomics.load(i32, CONTROL.wake) === wake; spin++) {
        if (spin > spins) Atomics.wait(i32, CONTROL.wake, wake);
      }
      continue;
    }
    const place = CONTROL.jobs + (job & (CONTROL.places - 1)) * CONTROL.placeSize;
    const open = Atomics.add(i32, place + JOB.state, 1) & JOB.open;
    if (open && i32[place + JOB.number] === job) {
      const ranges = i32[place + JOB.ranges];
      const finished = work(place);
      let done = Atomics.add(i32, place + JOB.done, finished) + finished;
      if (done === ranges) Atomics.notify(i32, place + JOB.done);
      for (let spin = 0; done !== ranges; spin++) {
        if (spin > spins) Atomics.wait(i32, place + JOB.done, done, 1);
        done = Atomics.load(i32, place + JOB.done);
      }
      job = (job + 1) | 0;
    } else {
      // It is done; if another has its place, then so are all before the oldest.
      const oldest = Atomics.load(i32, CONTROL.oldest);
      job = ((oldest - job) | 0) > 0 ? oldest : (job + 1) | 0;
    }
    Atomics.sub(i32, place + JOB.state, 1);
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
