import { type TensorInfo, util } from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { Tile } from '../generated/constants.js';
import { type NumericType, typeOf, withInts } from './numeric.js';

/** One dimension of a box of elements: size, stride in the source, stride in the destination, in elements. */
export type Dimension = readonly [size: number, source: number, target: number];

/** Bytes that a thread copies at a time. */
const GRAIN_BYTES = 2 ** 17;
/** Longer contiguous runs are cut. */
const LONG_ROW = 2 ** 14;

/** Distances between neighbours along each axis of a contiguous tensor, in elements. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= shape[i]!;
  }
  return strides;
}

/** Drops dimensions of one element and merges neighbours that can be walked as one. */
function simplify(box: readonly Dimension[]): [number, number, number][] {
  const merged: [number, number, number][] = [];
  for (const [size, source, target] of box) {
    if (size === 1) continue;
    const outer = merged.at(-1);
    if (outer !== undefined && outer[1] === size * source && outer[2] === size * target) {
      merged[merged.length - 1] = [outer[0] * size, source, target];
    } else {
      merged.push([size, source, target]);
    }
  }
  return merged;
}

/**
 * target[i . targetStrides] = source[i . sourceStrides] for all indices i of the box. `source` and `target`
 * are addresses of the elements with index 0.
 */
export function copyBox(
  backend: WasmBackend,
  dtype: NumericType,
  source: number,
  target: number,
  box: readonly Dimension[],
): void {
  if (box.some(([size]) => size === 0)) return;
  const dims = simplify(box);
  const bytes = dtype === 'bool' ? 1 : 4;
  if (dims.length === 0) dims.push([1, 1, 1]);
  const last = dims.at(-1)!;
  if (bytes === 4 && last[1] !== 1 && last[2] === 1) {
    const inner = dims.findIndex(([, from]) => from === 1);
    if (inner >= 0) {
      // Turned: the axis that is contiguous in the source comes last but one.
      const [rows] = dims.splice(inner, 1) as [[number, number, number]];
      dims.splice(-1, 0, rows);
      const strips = Math.ceil(rows[0] / Tile.TRANSPOSED_ROWS);
      const boxes = dims.slice(0, -2).reduce((product, [size]) => product * size, 1);
      const grain = Math.max(1, Math.floor(GRAIN_BYTES / (Tile.TRANSPOSED_ROWS * last[0] * bytes)));
      withInts(backend, [dims.length, ...dims.flat()], (plan) => {
        backend.runtime.parallel('transpose32', boxes * strips, grain, [source, target, plan]);
      });
      return;
    }
  }
  if (dims.length === 1 && last[0] > LONG_ROW) {
    // Cut, so that threads can share it.
    const [size, from, to] = last;
    const cut = size - (size % LONG_ROW);
    copyBox(backend, dtype, source + cut * from * bytes, target + cut * to * bytes, [[size - cut, from, to]]);
    dims.splice(0, 1, [cut / LONG_ROW, from * LONG_ROW, to * LONG_ROW], [LONG_ROW, from, to]);
  }
  const rows = dims.slice(0, -1).reduce((product, [size]) => product * size, 1);
  const grain = Math.max(1, Math.floor(GRAIN_BYTES / (dims.at(-1)![0] * bytes)));
  withInts(backend, [dims.length, ...dims.flat()], (plan) => {
    backend.runtime.parallel(bytes === 4 ? 'copy32' : 'copy8', rows, grain, [source, target, plan]);
  });
}

/** What to read of a tensor: from element `offset` on, along strides that may be 0 or negative. */
export interface View {
  shape: readonly number[];
  strides: readonly number[];
  offset: number;
}

/** A new tensor with the elements that the view names. */
export function copyView(backend: WasmBackend, x: TensorInfo, { shape, strides, offset }: View): TensorInfo {
  const dtype = typeOf(x);
  const out = backend.output(shape, dtype);
  const bytes = util.bytesPerElement(dtype);
  const to = stridesOf(shape);
  const box = shape.map((size, i): Dimension => [size, strides[i]!, to[i]!]);
  copyBox(backend, dtype, backend.pointer(x) + offset * bytes, backend.pointer(out), box);
  return out;
}

/** Copies x into a part of `out` that begins at element `offset` of it. */
export function copyInto(backend: WasmBackend, x: TensorInfo, out: TensorInfo, offset: number): void {
  const dtype = typeOf(x);
  const bytes = util.bytesPerElement(dtype);
  const from = stridesOf(x.shape);
  const to = stridesOf(out.shape);
  const box = x.shape.map((size, i): Dimension => [size, from[i]!, to[i]!]);
  copyBox(backend, dtype, backend.pointer(x), backend.pointer(out) + offset * bytes, box);
}

/** x repeated to `shape`, which it broadcasts to; the same data if that is its shape. */
export function broadcastTo(backend: WasmBackend, x: TensorInfo, shape: readonly number[]): TensorInfo {
  if (util.arraysEqual(x.shape, shape as number[])) return backend.alias(x);
  const lead = shape.length - x.shape.length;
  const own = stridesOf(x.shape);
  const strides = shape.map((_, i) => (i < lead || x.shape[i - lead] === 1 ? 0 : own[i - lead]!));
  return copyView(backend, x, { shape, strides, offset: 0 });
}
