import type { KernelExport } from './generated/kernels.ts';
import type { Allocator } from './memory.ts';
import { nodeModule } from './node.ts';
import { CONTROL, CONTROL_BYTES, takeTiles, workerSource } from './worker.ts';

/** Private working memory of each thread, for packed panels and the like. */
export const SCRATCH_BYTES = 4 * 2 ** 20;

/**
 * Looks at the clock of a job this often before it sleeps: some hundred microseconds, which is longer than
 * TensorFlow.js takes from kernel to kernel. Waking up costs more than most kernels.
 */
const SPINS = 200_000;

type Kernel = (...args: number[]) => number;

interface PooledWorker {
  /** Waits until the worker has left its loop, which it has been told to. */
  stopped: () => Promise<void>;
  scratch: number;
}

/** Runs kernels over ranges of tiles, shared out among threads. */
export class ThreadPool {
  /** Whether the memory can be shared with workers. */
  readonly available: boolean;
  private readonly workers: PooledWorker[] = [];
  private readonly control: number;
  private readonly i32: Int32Array;
  private readonly f64: Float64Array;
  /** Changes of the size queue up here. */
  private resizing: Promise<unknown> = Promise.resolve();
  private canSleep = true;

  constructor(
    private readonly module: WebAssembly.Module,
    private readonly memory: WebAssembly.Memory,
    private readonly allocator: Allocator,
    private readonly exports: Record<KernelExport, Kernel>,
  ) {
    this.available = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
    this.control = allocator.allocate(CONTROL_BYTES);
    // A shared memory keeps its old buffers alive when it grows, so that these views never go stale. Without
    // sharing there are no workers, and nothing reads them.
    this.i32 = new Int32Array(memory.buffer, this.control, CONTROL_BYTES / 4);
    this.f64 = new Float64Array(memory.buffer, this.control + CONTROL.arguments, CONTROL.maxArguments);
    this.i32.fill(0);
  }

  /** Threads that work, the calling one included. */
  get size(): number {
    return this.workers.length + 1;
  }

  /**
   * Calls `kernel(...args, begin, end)` on ranges of `grain` tiles until all `count` are done. Threads take
   * ranges as they become free.
   */
  run(index: number, kernel: KernelExport, count: number, grain: number, args: readonly number[]): void {
    if (count <= 0) return;
    if (this.workers.length === 0 || count <= grain) {
      this.exports[kernel](...args, 0, count);
      return;
    }
    const { i32 } = this;
    i32[CONTROL.kernel] = index;
    i32[CONTROL.count] = count;
    i32[CONTROL.grain] = grain;
    i32[CONTROL.argumentCount] = args.length;
    this.f64.set(args);
    i32[CONTROL.threads] = this.size;
    for (let thread = 0; thread < this.size; thread++) {
      Atomics.store(i32, CONTROL.taken + CONTROL.stride * thread, 0);
    }
    Atomics.or(i32, CONTROL.state, CONTROL.open);
    Atomics.add(i32, CONTROL.epoch, 1);
    Atomics.notify(i32, CONTROL.epoch);
    try {
      takeTiles(i32, CONTROL, 0, (begin, end) => this.exports[kernel](...args, begin, end));
    } finally {
      Atomics.and(i32, CONTROL.state, ~CONTROL.open);
      this.join();
    }
    if (Atomics.exchange(i32, CONTROL.failed, 0) !== 0)
      throw new Error(`kernel ${kernel} trapped in a worker thread`);
  }

  /** Waits for the threads that still work on the job. Threads that never woke up for it are not waited for. */
  private join(): void {
    const { i32 } = this;
    for (let spins = 0; ; spins++) {
      const state = Atomics.load(i32, CONTROL.state);
      if (state === 0) return;
      if (spins > SPINS && this.canSleep) {
        try {
          Atomics.wait(i32, CONTROL.state, state, 1);
        } catch {
          // The main thread of a page must not sleep: it goes on looking.
          this.canSleep = false;
        }
      }
    }
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
      Atomics.store(this.i32, CONTROL.limit, count - 1);
      while (this.size < count) {
        const worker = await this.start(this.workers.length).catch(() => undefined);
        if (worker === undefined) break;
        this.workers.push(worker);
      }
      const leaving = this.workers.splice(count - 1);
      Atomics.add(this.i32, CONTROL.epoch, 1);
      Atomics.notify(this.i32, CONTROL.epoch);
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
