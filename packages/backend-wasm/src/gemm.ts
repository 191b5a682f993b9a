import type { TensorInfo } from '@tensorflow/tfjs';
import type { WasmBackend } from './backend.js';
import { Tile } from './generated/constants.js';

/** Enough tiles for any sensible number of threads. */
const ENOUGH_TILES = 16;

/** Number of tiles that cover this many rows. */
export function tileRows(rows: number): number {
  return Math.ceil(rows / Tile.PRODUCT_ROWS);
}

/** Columns of one tile: all of them, unless there are too few tiles of rows to share out. A multiple of the panel's width. */
export function tileColumns(backend: WasmBackend, columns: number, rowTiles: number): number {
  const { panelWidth } = backend.runtime;
  const across = Math.min(Math.ceil(columns / 64), Math.max(1, Math.ceil(ENOUGH_TILES / rowTiles)));
  return Math.ceil(columns / across / panelWidth) * panelWidth;
}

/** A stack of matrices in wasm memory. Strides are in elements. */
export interface Matrix {
  pointer: number;
  rowStride: number;
  columnStride: number;
  /** Element offset of each batch's matrix. */
  offsets: readonly number[];
}

/** Bytes of a packed [K, N] operand. */
export function packedBytes(backend: WasmBackend, K: number, N: number): number {
  const { panelWidth } = backend.runtime;
  return K * Math.ceil(N / panelWidth) * panelWidth * 4;
}

/** Packs one matrix B [K, N] into `out`; see packB in assembly/pack.ts. */
export function packB(
  backend: WasmBackend,
  b: { pointer: number; rowStride: number; columnStride: number },
  K: number,
  N: number,
  out: number,
  offset = 0,
  depth = K,
): void {
  const { panelWidth } = backend.runtime;
  const panels = Math.ceil(N / panelWidth);
  backend.runtime.parallel('packB', panels, Math.max(1, Math.ceil(16384 / (K * panelWidth))), [
    b.pointer,
    b.rowStride,
    b.columnStride,
    K,
    N,
    out,
    offset,
    depth,
  ]);
}

/**
 * C = activation(A B + bias) for a batch of matrices.
 *
 * @param a stack of [M, K]; `offsets` has one entry a batch of the result
 * @param b stack of [K, N]; `batch` says which of its matrices each batch of the result uses
 * @param c float32 result, batches of contiguous [M, N]
 */
export function gemm(
  backend: WasmBackend,
  a: Matrix,
  b: Matrix & { batch: readonly number[] },
  c: TensorInfo,
  [M, N, K]: readonly [number, number, number],
  epilogue: readonly [number, number, number],
): void {
  const { runtime } = backend;
  const batches = a.offsets.length;
  if (batches === 0 || M === 0 || N === 0) return;
  const bytes = packedBytes(backend, K, N);
  const packed = backend.allocateTemporary(
    bytes * b.offsets.length,
    () => `the packed operand of a ${M}x${K}x${N} product`,
  );
  for (const [index, offset] of b.offsets.entries()) {
    packB(backend, { ...b, pointer: b.pointer + offset * 4 }, K, N, packed + index * bytes);
  }
  const table = backend.allocateTemporary(batches * 12);
  const entries = a.offsets.flatMap((offset, i) => [offset, i * M * N, b.batch[i]!]);
  runtime.newMemory(table, batches * 12).i32.set(entries, table / 4);
  const down = tileRows(M) * batches;
  const columns = tileColumns(backend, N, down);
  runtime.parallel('gemmTiles', down * Math.ceil(N / columns), 1, [
    a.pointer,
    a.rowStride,
    a.columnStride,
    packed,
    backend.pointer(c),
    table,
    M,
    N,
    K,
    columns,
    ...epilogue,
  ]);
  backend.releaseTemporary(table);
  backend.releaseTemporary(packed);
}
