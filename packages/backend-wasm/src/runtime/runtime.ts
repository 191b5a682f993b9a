import { relaxedSimd, simd } from 'wasm-feature-detect';
import { WasmUnsupportedError } from '../errors.js';
import type { KernelExports } from '../generated/kernels.js';
import type { KernelArguments, RangeKernel } from './kernels.js';
import { Allocator } from './memory.js';
import { SCRATCH_BYTES, ThreadPool } from './threads.js';
import { compileWide } from './wide.js';

/**
 * Instruction set of the kernels: `simd` is plain 128-bit SIMD, `relaxed` adds fused multiply-add, `wide` has that
 * and 256-bit registers (Node >= 24 on x86-64).
 */
export type WasmVariant = 'wide' | 'relaxed' | 'simd';

/** The whole memory, as bytes and words. */
export interface Views {
  readonly u8: Uint8Array;
  readonly i32: Int32Array;
  readonly f32: Float32Array;
}

const PAGE = 65536;
/** Sizes that the memory is declared with: an engine that refuses one is asked for the next. */
const MAXIMUM_PAGES = [65536, 49152, 32768, 16384, 8192];

/**
 * The WebAssembly side of the backend: instance, memory, allocator and threads. Kernels reach it through
 * `WasmBackend.runtime`.
 */
export class Runtime {
  readonly allocator: Allocator;
  private views!: Views;
  /** Columns of a packed panel of a product's right operand. */
  readonly panelWidth: number;
  private readonly threads: ThreadPool;

  private constructor(
    readonly variant: WasmVariant,
    private readonly memory: WebAssembly.Memory,
    exports: KernelExports,
    module: WebAssembly.Module,
    limit: number,
  ) {
    this.refreshViews();
    this.allocator = new Allocator(memory, exports.heapBase(), limit, () => this.refreshViews());
    exports.setScratch(this.allocator.allocate(SCRATCH_BYTES, () => 'scratch memory'));
    exports.prepareScratch();
    this.panelWidth = exports.panelWidth();
    this.threads = new ThreadPool(module, memory, this.allocator, exports);
  }

  /**
   * Compiles and instantiates the kernels.
   *
   * @param preferred instruction set to use instead of the detected one
   * @throws WasmUnsupportedError when the engine has no WebAssembly SIMD
   */
  static async create(preferred?: WasmVariant): Promise<Runtime> {
    if (typeof WebAssembly !== 'object' || !(await simd())) {
      throw new WasmUnsupportedError(
        '@ganjs/backend-wasm needs WebAssembly with 128-bit SIMD; this engine has none. Use Node >= 20, ' +
          "Chrome >= 91, Firefox >= 89 or Safari >= 16.4, or train with tf.setBackend('cpu').",
      );
    }
    const shared = canShareMemory();
    const { variant, module } = await compileBest(shared, preferred);
    const { memory, pages } = createMemory(shared);
    const instance = await WebAssembly.instantiate(module, { env: { memory } });
    return new Runtime(variant, memory, instance.exports as unknown as KernelExports, module, pages * PAGE);
  }

  /** Whether the memory can be shared with other threads. */
  get shared(): boolean {
    return this.threads.available;
  }

  /**
   * Views of the whole memory, in which every kernel that was called is done. Read them anew after every kernel, which
   * may go on after its call has returned, and after every allocation, which may replace them.
   */
  get memoryViews(): Views {
    this.threads.finish();
    return this.views;
  }

  /** The same for writing at once to `bytes` bytes that were just allocated: mostly without waiting. */
  newMemory(pointer: number, bytes: number): Views {
    this.threads.prepareWrite(pointer, bytes);
    return this.views;
  }

  /** Gives back what the allocator handed out; kernels that were called before may go on with it. */
  release(pointer: number): void {
    this.threads.release(pointer);
  }

  /** Waits until all kernels that were called are done. */
  finish(): void {
    this.threads.finish();
  }

  /**
   * Has `kernel(...args, begin, end)` called on ranges that cover [0, count), each a multiple of `grain` long but
   * the last, by all threads, when the kernels before it are done. It may go on after this has returned. A kernel must
   * write what it computes for an index whatever the range around it, so that the number of threads changes nothing.
   */
  parallel<Kernel extends RangeKernel>(
    kernel: Kernel,
    count: number,
    grain: number,
    args: Readonly<KernelArguments<Kernel>>,
  ): void {
    this.threads.run(kernel, count, grain, args);
  }

  /** Threads that work, this one included. */
  get threadCount(): number {
    return this.threads.size;
  }

  /** See `setThreads`. */
  setThreads(count: number): Promise<number> {
    return this.threads.resize(count);
  }

  /** Stops the worker threads. */
  async dispose(): Promise<void> {
    await this.threads.resize(1);
  }

  private refreshViews(): void {
    const { buffer } = this.memory;
    this.views = { u8: new Uint8Array(buffer), i32: new Int32Array(buffer), f32: new Float32Array(buffer) };
  }
}

/** Compiles the preferred variant, or else the fastest that the engine has. */
async function compileBest(
  shared: boolean,
  preferred?: WasmVariant,
): Promise<{ variant: WasmVariant; module: WebAssembly.Module }> {
  const relaxed = await relaxedSimd();
  if (relaxed && (preferred === undefined || preferred === 'wide')) {
    const module = await compileWide(
      () => load('wide', shared),
      () => load('probe', false),
    );
    if (module !== undefined) return { variant: 'wide', module };
  }
  if (preferred !== undefined && preferred !== 'simd' && !(relaxed && preferred === 'relaxed')) {
    throw new WasmUnsupportedError(
      `@ganjs/backend-wasm: this engine cannot run the variant '${preferred}'; leave the option out to get the best.`,
    );
  }
  const variant = preferred ?? (relaxed ? 'relaxed' : 'simd');
  return { variant, module: await WebAssembly.compile((await load(variant, shared)) as BufferSource) };
}

/** Shared memory needs SharedArrayBuffer, which browsers give to cross-origin-isolated pages only. */
function canShareMemory(): boolean {
  if (typeof SharedArrayBuffer === 'undefined') return false;
  const isolated = (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated;
  return isolated !== false;
}

function createMemory(shared: boolean): { memory: WebAssembly.Memory; pages: number } {
  let failure: unknown;
  for (const pages of MAXIMUM_PAGES) {
    try {
      return { memory: new WebAssembly.Memory({ initial: 256, maximum: pages, shared }), pages };
    } catch (error) {
      failure = error;
    }
  }
  throw new WasmUnsupportedError(
    `@ganjs/backend-wasm: the engine refused even ${MAXIMUM_PAGES.at(-1)! / 16} MiB of WebAssembly memory (${failure}).`,
  );
}

/** The modules, each loaded where it can run: a page fetches one. */
const modules = {
  wide: () => import('../generated/modules/wide.js'),
  relaxed: () => import('../generated/modules/relaxed.js'),
  simd: () => import('../generated/modules/simd.js'),
  probe: () => import('../generated/modules/probe.js'),
};

/** The bytes of a module, importing shared or unshared memory. */
async function load(name: keyof typeof modules, shared: boolean): Promise<Uint8Array> {
  const { base64, memoryFlagOffset } = await modules[name]();
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  if (shared) bytes[memoryFlagOffset] = 0x03;
  return bytes;
}
