import { WasmMemoryError } from '../errors.js';

const ALIGNMENT = 64;
const PAGE = 65536;
/** Growth is requested in steps of at least this many bytes, so that a warm-up grows a few times only. */
const GROWTH_STEP = 16 * 2 ** 20;

/** What the allocator needs to know of a `WebAssembly.Memory`. */
export interface GrowableMemory {
  readonly buffer: { readonly byteLength: number };
  grow(pages: number): number;
}

interface FreeBlock {
  start: number;
  size: number;
}

/**
 * Best-fit allocator over a WebAssembly memory. Blocks are multiples of 64 bytes, aligned to 64 bytes;
 * neighbours that are free merge. The bookkeeping lives outside the memory, so that a kernel that writes out
 * of bounds cannot corrupt it, and equal sequences of calls give equal addresses.
 */
export class Allocator {
  /** Free blocks, by size, then by address. */
  private readonly free: FreeBlock[] = [];
  private readonly freeByStart = new Map<number, FreeBlock>();
  private readonly freeByEnd = new Map<number, FreeBlock>();
  private readonly used = new Map<number, number>();
  private end: number;
  private inUse = 0;
  private highest = 0;

  /**
   * @param memory the memory to manage
   * @param base first address that may be handed out
   * @param limit bytes that the memory may grow to
   * @param onGrow called after the memory has grown: views of an unshared memory are detached then
   */
  constructor(
    private readonly memory: GrowableMemory,
    base: number,
    readonly limit: number,
    private readonly onGrow: () => void = () => {},
  ) {
    this.end = memory.buffer.byteLength;
    const start = roundUp(base, ALIGNMENT);
    if (this.end > start) this.insert(start, this.end - start);
  }

  /** Bytes in blocks that are handed out. */
  get bytesInUse(): number {
    return this.inUse;
  }

  /** The most bytes that were ever handed out at once. */
  get peakBytes(): number {
    return this.highest;
  }

  /** Size of the memory, used or not. */
  get bytesReserved(): number {
    return this.end;
  }

  /** Number of blocks that are handed out. */
  get blocks(): number {
    return this.used.size;
  }

  /**
   * Address of `bytes` bytes of undefined content, aligned to 64 bytes.
   *
   * @param bytes size, >= 0
   * @param what describes the use in the error message
   * @throws WasmMemoryError when the memory cannot grow far enough
   */
  allocate(bytes: number, what: () => string = () => 'a temporary buffer'): number {
    const size = Math.max(roundUp(bytes, ALIGNMENT), ALIGNMENT);
    let index = this.lowerBound(size, 0);
    if (index === this.free.length) {
      this.grow(size, what);
      index = this.lowerBound(size, 0);
    }
    const block = this.free[index]!;
    this.remove(index);
    if (block.size > size) this.insert(block.start + size, block.size - size);
    this.used.set(block.start, size);
    this.inUse += size;
    this.highest = Math.max(this.highest, this.inUse);
    return block.start;
  }

  /** Bytes of a block that is handed out. */
  sizeOf(pointer: number): number {
    return this.used.get(pointer) ?? 0;
  }

  /** Gives back a block that `allocate` returned. */
  release(pointer: number): void {
    const size = this.used.get(pointer);
    if (size === undefined) throw new Error(`release(${pointer}): no such block`);
    this.used.delete(pointer);
    this.inUse -= size;
    this.insertMerged(pointer, size);
  }

  private grow(size: number, what: () => string): void {
    const tail = this.freeByEnd.get(this.end)?.size ?? 0;
    const needed = size - tail;
    for (const bytes of [Math.max(needed, GROWTH_STEP), needed]) {
      const pages = Math.ceil(bytes / PAGE);
      if (this.end + pages * PAGE > this.limit) continue;
      try {
        this.memory.grow(pages);
      } catch {
        continue;
      }
      const start = this.end;
      this.end += pages * PAGE;
      this.onGrow();
      this.insertMerged(start, pages * PAGE);
      return;
    }
    throw new WasmMemoryError(what(), size, this.inUse, this.limit);
  }

  private insertMerged(pointer: number, bytes: number): void {
    let start = pointer;
    let size = bytes;
    const before = this.freeByEnd.get(start);
    if (before !== undefined) {
      this.remove(this.lowerBound(before.size, before.start));
      start = before.start;
      size += before.size;
    }
    const after = this.freeByStart.get(pointer + bytes);
    if (after !== undefined) {
      this.remove(this.lowerBound(after.size, after.start));
      size += after.size;
    }
    this.insert(start, size);
  }

  private insert(start: number, size: number): void {
    const block = { start, size };
    this.free.splice(this.lowerBound(size, start), 0, block);
    this.freeByStart.set(start, block);
    this.freeByEnd.set(start + size, block);
  }

  private remove(index: number): void {
    const block = this.free[index]!;
    this.free.splice(index, 1);
    this.freeByStart.delete(block.start);
    this.freeByEnd.delete(block.start + block.size);
  }

  /** Index of the first free block that is not before (size, start). */
  private lowerBound(size: number, start: number): number {
    let low = 0;
    let high = this.free.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const block = this.free[middle]!;
      if (block.size < size || (block.size === size && block.start < start)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
