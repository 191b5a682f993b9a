// dst[i . dstStrides] = src[i . srcStrides] for all multi-indices i of a box: the one kernel behind transpose,
// pad, slice, concat, tile, reverse and their like. Strides may be 0 or negative and count elements.
//
// Plan: rank, then three i32 a dimension: size, source stride, destination stride; outermost first.
import { packedBlock } from './macro';
import { Tile } from './shared';

// @ts-ignore: decorator
@inline
function dimension(plan: usize, d: i32): usize {
  return plan + 4 + <usize>d * 12;
}

// Where the current row starts, in elements; set by `seek`, moved by `next`.
let source: i32 = 0;
let target: i32 = 0;

/** Goes to row `row` of the first `rank` dimensions. */
function seek(plan: usize, rank: i32, row: i32): void {
  source = 0;
  target = 0;
  for (let d = rank - 1; d >= 0; d--) {
    const entry = dimension(plan, d);
    const size = load<i32>(entry);
    const rest = row / size;
    const index = row - rest * size;
    row = rest;
    store<i32>(packedBlock() + <usize>d * 4, index);
    source += index * load<i32>(entry, 4);
    target += index * load<i32>(entry, 8);
  }
}

/** Goes to the next row. */
// @ts-ignore: decorator
@inline
function next(plan: usize, rank: i32): void {
  for (let d = rank - 1; d >= 0; d--) {
    const entry = dimension(plan, d);
    const counter = packedBlock() + <usize>d * 4;
    const index = load<i32>(counter) + 1;
    source += load<i32>(entry, 4);
    target += load<i32>(entry, 8);
    if (index < load<i32>(entry)) {
      store<i32>(counter, index);
      return;
    }
    store<i32>(counter, 0);
    source -= index * load<i32>(entry, 4);
    target -= index * load<i32>(entry, 8);
  }
}

/** Rows [begin, end), 4-byte elements. A row is the last dimension. */
export function copy32(src: usize, dst: usize, plan: usize, begin: i32, end: i32): void {
  const outer = load<i32>(plan) - 1;
  const last = dimension(plan, outer);
  const length = load<i32>(last);
  const from = <usize>load<i32>(last, 4) * 4;
  const to = <usize>load<i32>(last, 8) * 4;
  const contiguous = from == 4 && to == 4;
  seek(plan, outer, begin);
  for (let row = begin; row < end; row++) {
    let p = src + <usize>source * 4;
    let q = dst + <usize>target * 4;
    if (contiguous) {
      const stop = q + <usize>length * 4;
      for (; q + 16 <= stop; p += 16, q += 16) v128.store(q, v128.load(p));
      for (; q < stop; p += 4, q += 4) store<i32>(q, load<i32>(p));
    } else if (from == 0 && to == 4) {
      const stop = q + <usize>length * 4;
      const value = v128.load32_splat(p);
      for (; q + 16 <= stop; q += 16) v128.store(q, value);
      for (; q < stop; q += 4) v128.store_lane<i32>(q, value, 0);
    } else {
      for (let i = 0; i < length; i++, p += from, q += to) store<i32>(q, load<i32>(p));
    }
    next(plan, outer);
  }
}

/** Rows [begin, end), 1-byte elements. */
export function copy8(src: usize, dst: usize, plan: usize, begin: i32, end: i32): void {
  const outer = load<i32>(plan) - 1;
  const last = dimension(plan, outer);
  const length = load<i32>(last);
  const from = <usize>load<i32>(last, 4);
  const to = <usize>load<i32>(last, 8);
  seek(plan, outer, begin);
  for (let row = begin; row < end; row++) {
    let p = src + <usize>source;
    let q = dst + <usize>target;
    if (from == 1 && to == 1) memory.copy(q, p, length);
    else for (let i = 0; i < length; i++, p += from, q += to) store<u8>(q, load<u8>(p));
    next(plan, outer);
  }
}

/** Rows of a strip of `transpose32`: a cache line of the source. */
const STRIP: i32 = Tile.TRANSPOSED_ROWS;

/**
 * The same for 4-byte elements whose last dimension is contiguous in the destination and whose last but one
 * is contiguous in the source: tiles of 4x4 are turned in registers. Units [begin, end) are strips of
 * sixteen rows.
 */
export function transpose32(src: usize, dst: usize, plan: usize, begin: i32, end: i32): void {
  const outer = load<i32>(plan) - 2;
  const rows = load<i32>(dimension(plan, outer));
  const down = load<i32>(dimension(plan, outer), 8);
  const columns = load<i32>(dimension(plan, outer + 1));
  const across = load<i32>(dimension(plan, outer + 1), 4);
  const strips = (rows + STRIP - 1) / STRIP;
  for (let unit = begin; unit < end; unit++) {
    const box = unit / strips;
    const first = (unit - box * strips) * STRIP;
    seek(plan, outer, box);
    turn(
      src + <usize>(source + first) * 4, <usize>across * 4,
      dst + <usize>(target + first * down) * 4, <usize>down * 4,
      min(STRIP, rows - first), columns,
    );
  }
}

/** q[r * down + c] = p[r + c * across], strides in bytes. */
function turn(p: usize, across: usize, q: usize, down: usize, rows: i32, columns: i32): void {
  let r = 0;
  for (; r + 4 <= rows; r += 4) {
    let from = p + <usize>r * 4;
    let to = q + <usize>r * down;
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      const a0 = v128.load(from);
      const a1 = v128.load(from + across);
      const a2 = v128.load(from + across * 2);
      const a3 = v128.load(from + across * 3);
      const b0 = v128.shuffle<i32>(a0, a1, 0, 4, 1, 5);
      const b1 = v128.shuffle<i32>(a2, a3, 0, 4, 1, 5);
      const b2 = v128.shuffle<i32>(a0, a1, 2, 6, 3, 7);
      const b3 = v128.shuffle<i32>(a2, a3, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<i64>(b0, b1, 0, 2));
      v128.store(to + down, v128.shuffle<i64>(b0, b1, 1, 3));
      v128.store(to + down * 2, v128.shuffle<i64>(b2, b3, 0, 2));
      v128.store(to + down * 3, v128.shuffle<i64>(b2, b3, 1, 3));
      from += across * 4;
      to += 16;
    }
    for (; c < columns; c++, from += across, to += 4) {
      store<i32>(to, load<i32>(from));
      store<i32>(to + down, load<i32>(from, 4));
      store<i32>(to + down * 2, load<i32>(from, 8));
      store<i32>(to + down * 3, load<i32>(from, 12));
    }
  }
  for (; r < rows; r++) {
    let from = p + <usize>r * 4;
    let to = q + <usize>r * down;
    for (let c = 0; c < columns; c++, from += across, to += 4) store<i32>(to, load<i32>(from));
  }
}
