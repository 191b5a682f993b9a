import { rangeKernels } from '../generated/kernels.js';
import type { RangeKernel } from './kernels.js';
import type { Allocator } from './memory.js';
import { nodeModule } from './node.js';
import { CONTROL, CONTROL_BYTES, JOB, takeTiles, workerSource } from './worker.js';

/** Private working memory of each thread, for packed panels and the like. */
export const SCRATCH_BYTES = 4 * 2 ** 20;

/**
 * Looks at the clock of a job this often before it sleeps: some hundred microseconds, which is longer than
 * TensorFlow.js takes from kernel to kernel. Waking up costs more than most kernels.
 */
const SPINS = 200_000;

/** Index of each kernel in `rangeKernels`. */
const indices = new Map(rangeKernels.map((name, index) => [name, index]));

/** Bytes of a small block, and how many are held back at most. */
const SMALL = 4096;
const MAX_HELD = 1024;

/** The calling thread lends a hand when so many jobs wait. */
const HELP = 8;

/** Close before the numbers wrap, so that every run shows that they may. */
const FIRST_JOB = 2 ** 31 - 100;

/** Any kernel: `Runtime.parallel` has checked the arguments. */
type Kernel = (...args: number[]) => void;

interface PooledWorker {
  /** Waits until the worker has left its loop, which it has been told to. */
  stopped: () => Promise<void>;
  scratch: number;
}

function placeOf(job: number): number {
  return CONTROL.jobs + (job & (CONTROL.places - 1)) * CONTROL.placeSize;
}

/** Memory that was released: jobs before `job` may still use it. */
interface Released {
  readonly pointer: number;
  readonly bytes: number;
  readonly job: number;
}

/**
 * Runs kernels over ranges of tiles, shared out among threads.
 *
 * With workers, jobs queue up: the calling thread only publishes them, and goes on with what TensorFlow.js does between
 * two kernels while the workers work. It lends a hand when the queue is full, or when it wants to see results.
 */
export class ThreadPool {
  /** Whether the memory can be shared with workers. */
  readonly available: boolean;
  private readonly workers: PooledWorker[] = [];
  private readonly control: number;
  private readonly i32: Int32Array;
  private readonly f64: Float64Array;
  /** What goes back to the allocator only when jobs are done, in their order. */
  private readonly held: Released[] = [];
  /** What went back at once, in the order of the jobs. */
  private readonly lent: Released[] = [];
  /** Number of the next job, and of the first that is not done: as in CONTROL. */
  private published = FIRST_JOB;
  private oldest = FIRST_JOB;
  /** Whether `finish` was the last thing to happen. */
  private finished = true;
  /** Changes of the size queue up here. */
  private resizing: Promise<unknown> = Promise.resolve();
  private canSleep = true;

  constructor(
    private readonly module: WebAssembly.Module,
    private readonly memory: WebAssembly.Memory,
    private readonly allocator: Allocator,
    private readonly exports: Readonly<Record<RangeKernel, Kernel>>,
  ) {
    this.available = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
    this.control = allocator.allocate(CONTROL_BYTES);
    // A shared memory keeps its old buffers alive when it grows, so that these views never go stale. Without
    // sharing there are no workers, and nothing reads them.
    this.i32 = new Int32Array(memory.buffer, this.control, CONTROL_BYTES / 4);
    this.f64 = new Float64Array(memory.buffer, this.control, CONTROL_BYTES / 8);
    this.i32.fill(0);
    this.i32[CONTROL.published] = FIRST_JOB;
    this.i32[CONTROL.oldest] = FIRST_JOB;
  }

  /** Threads that work, the calling one included. */
  get size(): number {
    return this.workers.length + 1;
  }

  /**
   * Has `kernel(...args, begin, end)` called on ranges of `grain` tiles until all `count` are done, after the jobs
   * before it. Threads take ranges as they become free.
   *
   * @throws Error when an earlier kernel trapped
   */
  run(kernel: RangeKernel, count: number, grain: number, args: readonly number[]): void {
    if (count <= 0) return;
    if (this.workers.length === 0) {
      this.exports[kernel](...args, 0, count);
      return;
    }
    const { i32 } = this;
    if (Atomics.load(i32, CONTROL.failed) !== 0) this.finish();
    if (this.waiting >= HELP) this.help();
    if (this.waiting === CONTROL.places) this.join();
    const place = placeOf(this.published);
    // A worker that came late is about to leave.
    while (Atomics.load(i32, place + JOB.state) !== 0);
    i32[place + JOB.kernel] = indices.get(kernel)!;
    i32[place + JOB.number] = this.published;
    i32[place + JOB.count] = count;
    i32[place + JOB.grain] = grain;
    i32[place + JOB.ranges] = Math.ceil(count / grain);
    i32[place + JOB.argumentCount] = args.length;
    i32[place + JOB.threads] = this.size;
    i32[place + JOB.done] = 0;
    this.f64.set(args, (place + JOB.arguments) / 2);
    for (let thread = 0; thread < this.size; thread++) i32[place + JOB.taken + JOB.stride * thread] = 0;
    Atomics.or(i32, place + JOB.state, JOB.open);
    this.published = (this.published + 1) | 0;
    Atomics.store(i32, CONTROL.published, this.published);
    this.wake();
    this.finished = false;
    // Not before: which addresses are handed out must not depend on who was faster.
    this.freeBefore((this.published - CONTROL.places) | 0);
  }

  /**
   * Waits until all jobs are done, and helps.
   *
   * @throws Error when a kernel trapped
   */
  finish(): void {
    if (this.finished) return;
    while (this.waiting > 0) {
      this.help();
      if (this.waiting > 0) this.join();
    }
    this.freeBefore(this.published);
    this.finished = true;
    const failed = rangeKernels[Atomics.exchange(this.i32, CONTROL.failed, 0) - 1];
    if (failed !== undefined) throw new Error(`kernel ${failed} trapped`);
  }

  /** Jobs that are not known to be done. */
  private get waiting(): number {
    return (this.published - this.oldest) | 0;
  }

  /**
   * Gives memory back to the allocator. What a job still uses another job can have at once, while the cache has it,
   * because it comes later. Only this thread must not write there: small blocks, where it writes scalars and tables all
   * the time, are held back until the jobs are done; before it writes into others it calls `prepareWrite`.
   */
  release(pointer: number): void {
    const bytes = this.allocator.sizeOf(pointer);
    if (this.finished) {
      this.allocator.release(pointer);
    } else if (bytes > SMALL) {
      this.allocator.release(pointer);
      this.lent.push({ pointer, bytes, job: this.published });
    } else {
      this.held.push({ pointer, bytes, job: this.published });
      if (this.held.length === MAX_HELD) this.finish();
    }
  }

  /** To be called before this thread writes into memory that it has just allocated. */
  prepareWrite(pointer: number, bytes: number): void {
    const used = (block: Released) =>
      block.pointer < pointer + bytes && pointer < block.pointer + block.bytes;
    if (this.lent.some(used)) this.finish();
  }

  /** Forgets memory that only jobs before this one use. */
  private freeBefore(job: number): void {
    const old = (blocks: readonly Released[]) => blocks.length > 0 && ((blocks[0]!.job - job) | 0) <= 0;
    while (old(this.held)) this.allocator.release(this.held.shift()!.pointer);
    while (old(this.lent)) this.lent.shift();
  }

  /** Does what no thread has taken of the oldest job, and looks whether that is done then. */
  private help(): void {
    const { i32 } = this;
    const place = placeOf(this.oldest);
    const kernel = rangeKernels[i32[place + JOB.kernel]!]!;
    const first = (place + JOB.arguments) / 2;
    const args = Array.from(this.f64.subarray(first, first + i32[place + JOB.argumentCount]!));
    const finished = takeTiles(i32, JOB, place, 0, (begin, end) => {
      try {
        this.exports[kernel](...args, begin, end);
      } catch {
        Atomics.store(i32, CONTROL.failed, i32[place + JOB.kernel]! + 1);
      }
    });
    Atomics.add(i32, place + JOB.done, finished);
    if (Atomics.load(i32, place + JOB.done) === i32[place + JOB.ranges]) this.close(place);
  }

  /** Goes on to the job after one that is done. */
  private close(place: number): void {
    const { i32 } = this;
    Atomics.and(i32, place + JOB.state, ~JOB.open);
    this.oldest = (this.oldest + 1) | 0;
    Atomics.store(i32, CONTROL.oldest, this.oldest);
  }

  /** Waits for the threads that still work on the oldest job. Threads that never woke up for it are not waited for. */
  private join(): void {
    const { i32 } = this;
    const place = placeOf(this.oldest);
    const ranges = i32[place + JOB.ranges]!;
    let done = Atomics.load(i32, place + JOB.done);
    for (let spins = 0; done !== ranges; spins++) {
      if (spins > SPINS && this.canSleep) {
        try {
          Atomics.wait(i32, place + JOB.done, done, 1);
        } catch {
          // The main thread of a page must not sleep: it goes on looking.
          this.canSleep = false;
        }
      }
      done = Atomics.load(i32, place + JOB.done);
    }
    this.close(place);
  }

  private wake(): void {
    Atomics.add(this.i32, CONTROL.wake, 1);
    Atomics.notify(this.i32, CONTROL.wake);
  }

  /**
   * Starts or stops workers until `wanted` threads work.
   *
   * @returns the number of threads that work now; it is 1 where memory cannot be shared, and at most 256
   */
  resize(wanted: number): Promise<number> {
    const count = Math.min(wanted, CONTROL.maxThreads);
    const next = this.resizing.then(async () => {
      if (!this.available) return 1;
      this.finish();
      Atomics.store(this.i32, CONTROL.limit, count - 1);
      while (this.size < count) {
        const worker = await this.start(this.workers.length).catch(() => undefined);
        if (worker === undefined) break;
        this.workers.push(worker);
      }
      const leaving = this.workers.splice(count - 1);
      this.wake();
      for (const { stopped, scratch } of leaving) {
        await stopped();
        this.allocator.release(scratch);
      }
      return this.size;
    });
    this.resizing = next;
    return next;
  }

  private async start(index: number): Promise<PooledWorker> {
    const scratch = this.allocator.allocate(SCRATCH_BYTES, () => "a thread's scratch memory");
    const { module, memory, control } = this;
    const data = { module, memory, control, scratch, spins: SPINS, index };
    try {
      return { stopped: await startWorker(data), scratch };
    } catch (error) {
      this.allocator.release(scratch);
      throw error;
    }
  }
}

/**
 * Starts a worker and waits until it is ready. It does not keep a Node process alive.
 *
 * @returns a function that waits until the worker has stopped
 */
async function startWorker(data: object): Promise<() => Promise<void>> {
  const threads = await nodeModule<typeof import('node:worker_threads')>('node:worker_threads');
  if (threads !== undefined) {
    const worker = new threads.Worker(workerSource, { eval: true, workerData: data, execArgv: [] });
    const message = () =>
      new Promise<void>((resolve, reject) => {
        worker.once('message', () => resolve());
        worker.once('error', reject);
      });
    await message();
    const stopped = message();
    worker.unref();
    return () => {
      worker.ref();
      return stopped;
    };
  }
  const url = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  try {
    const worker = new Worker(url);
    const message = () =>
      new Promise<void>((resolve, reject) => {
        worker.onmessage = () => resolve();
        worker.onerror = (event) => reject(new Error(event.message));
      });
    const ready = message();
    worker.postMessage(data);
    await ready;
    const stopped = message();
    return () => stopped;
  } finally {
    URL.revokeObjectURL(url);
  }
}
