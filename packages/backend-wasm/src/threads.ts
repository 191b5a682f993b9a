import type { KernelExport } from './generated/kernels.ts';
import type { Allocator } from './memory.ts';

/** Private working memory of each thread, for packed panels and the like. */
export const SCRATCH_BYTES = 4 * 2 ** 20;

type Kernel = (...args: number[]) => number;

/** Runs a kernel over a range of tiles, split among threads. */
export class ThreadPool {
  readonly available = false;
  readonly size: number = 1;

  constructor(
    _module: WebAssembly.Module,
    _memory: WebAssembly.Memory,
    _allocator: Allocator,
    private readonly exports: Record<KernelExport, Kernel>,
  ) {}

  run(_index: number, kernel: KernelExport, count: number, _grain: number, args: readonly number[]): void {
    if (count > 0) this.exports[kernel](...args, 0, count);
  }

  async resize(_count: number): Promise<number> {
    return 1;
  }
}
