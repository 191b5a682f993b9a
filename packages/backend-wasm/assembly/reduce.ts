// Reductions of x [outer, rows, inner] over its middle dimension, by blocks of fixed length: results do not
// depend on how blocks are shared among threads, and a sum's rounding errors grow with the length of a block
// and the logarithm of their number, not with the number of elements.
import { at } from './address';
import { Tile } from './shared';

/**
 * inner = 1. Units [begin, end) of out [outer, blocks]: unit u reduces elements [u % blocks * block, ...) of
 * row u / blocks of x, at most `block` of them.
 */
// @ts-ignore: decorator
@inline
function reduceRows<Op>(x: usize, out: usize, length: i32, block: i32, begin: i32, end: i32): void {
  const op = changetype<Op>(0);
  const blocks = (length + block - 1) / block;
  for (let u = begin; u < end; u++) {
    const row = u / blocks;
    const first = (u - row * blocks) * block;
    const count = min(block, length - first);
    let p = at(x, row * length + first);
    const stop = at(p, count);
    let total = op.start();
    if (count >= 16) {
      let s0 = v128.load(p), s1 = v128.load(p, 16), s2 = v128.load(p, 32), s3 = v128.load(p, 48);
      for (p += 64; p + 64 <= stop; p += 64) {
        s0 = op.apply(s0, v128.load(p));
        s1 = op.apply(s1, v128.load(p, 16));
        s2 = op.apply(s2, v128.load(p, 32));
        s3 = op.apply(s3, v128.load(p, 48));
      }
      for (; p + 16 <= stop; p += 16) s0 = op.apply(s0, v128.load(p));
      s0 = op.apply(op.apply(s0, s1), op.apply(s2, s3));
      s0 = op.apply(s0, v128.shuffle<i32>(s0, s0, 2, 3, 0, 1));
      total = op.apply(s0, v128.shuffle<i32>(s0, s0, 1, 0, 3, 2));
    }
    for (; p < stop; p += 4) total = op.apply(total, v128.load32_zero(p));
    v128.store_lane<i32>(at(out, u), total, 0);
  }
}

/** Columns of a tile of `reduceColumns`: eight accumulators. */
const TILE: i32 = Tile.REDUCED_COLUMNS;

/**
 * Units [begin, end) of out [outer, blocks, inner], cut into tiles of 32 columns: unit u reduces rows
 * [k * block, ...) of x[o], at most `block` of them, for the columns of tile t, with
 * u = (o * blocks + k) * tiles + t.
 */
// @ts-ignore: decorator
@inline
function reduceColumns<Op>(
  x: usize, out: usize, rows: i32, inner: i32, block: i32, begin: i32, end: i32,
): void {
  const op = changetype<Op>(0);
  const blocks = (rows + block - 1) / block;
  const tiles = (inner + TILE - 1) / TILE;
  const stride = <usize>inner * 4;
  for (let u = begin; u < end; u++) {
    const part = u / tiles;
    const outer = part / blocks;
    const first = (part - outer * blocks) * block;
    const count = min(block, rows - first);
    let c = (u - part * tiles) * TILE;
    const stop = min(inner, c + TILE);
    const from = at(x, (outer * rows + first) * inner);
    const to = at(out, part * inner);
    if (c + TILE <= stop) {
      let p = at(from, c);
      let s0 = v128.load(p), s1 = v128.load(p, 16), s2 = v128.load(p, 32), s3 = v128.load(p, 48);
      let s4 = v128.load(p, 64), s5 = v128.load(p, 80), s6 = v128.load(p, 96), s7 = v128.load(p, 112);
      for (let r = 1; r < count; r++) {
        p += stride;
        s0 = op.apply(s0, v128.load(p));
        s1 = op.apply(s1, v128.load(p, 16));
        s2 = op.apply(s2, v128.load(p, 32));
        s3 = op.apply(s3, v128.load(p, 48));
        s4 = op.apply(s4, v128.load(p, 64));
        s5 = op.apply(s5, v128.load(p, 80));
        s6 = op.apply(s6, v128.load(p, 96));
        s7 = op.apply(s7, v128.load(p, 112));
      }
      const q = at(to, c);
      v128.store(q, s0);
      v128.store(q, s1, 16);
      v128.store(q, s2, 32);
      v128.store(q, s3, 48);
      v128.store(q, s4, 64);
      v128.store(q, s5, 80);
      v128.store(q, s6, 96);
      v128.store(q, s7, 112);
      continue;
    }
    for (; c + 4 <= stop; c += 4) {
      let p = at(from, c);
      let s = v128.load(p);
      for (let r = 1; r < count; r++) {
        p += stride;
        s = op.apply(s, v128.load(p));
      }
      v128.store(at(to, c), s);
    }
    for (; c < stop; c++) {
      let p = at(from, c);
      let s = v128.load32_zero(p);
      for (let r = 1; r < count; r++) {
        p += stride;
        s = op.apply(s, v128.load32_zero(p));
      }
      v128.store_lane<i32>(at(to, c), s, 0);
    }
  }
}

/** Index of the first largest (or smallest) of x[o, :, i] for units u = o * inner + i. */
// @ts-ignore: decorator
@inline
function argReduce<Op, T>(x: usize, out: usize, rows: i32, inner: i32, begin: i32, end: i32): void {
  const op = changetype<Op>(0);
  const stride = <usize>inner * 4;
  for (let u = begin; u < end; u++) {
    const outer = u / inner;
    let p = at(x, outer * rows * inner + (u - outer * inner));
    let best = load<T>(p);
    let index = 0;
    for (let r = 1; r < rows; r++) {
      p += stride;
      const value = load<T>(p);
      if (op.better(value, best)) {
        best = value;
        index = r;
      }
    }
    store<i32>(at(out, u), index);
  }
}

@unmanaged class SumF32 {
  @inline start(): v128 {
    return f32x4.splat(0);
  }
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.add(x, y);
  }
}
export function sumRowsF32(x: usize, out: usize, length: i32, block: i32, begin: i32, end: i32): void {
  reduceRows<SumF32>(x, out, length, block, begin, end);
}
export function sumColumnsF32(
  x: usize, out: usize, rows: i32, inner: i32, block: i32, begin: i32, end: i32,
): void {
  reduceColumns<SumF32>(x, out, rows, inner, block, begin, end);
}

@unmanaged class MaxF32 {
  @inline start(): v128 {
    return f32x4.splat(-Infinity);
  }
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.max(x, y);
  }
}
export function maxRowsF32(x: usize, out: usize, length: i32, block: i32, begin: i32, end: i32): void {
  reduceRows<MaxF32>(x, out, length, block, begin, end);
}
export function maxColumnsF32(
  x: usize, out: usize, rows: i32, inner: i32, block: i32, begin: i32, end: i32,
): void {
  reduceColumns<MaxF32>(x, out, rows, inner, block, begin, end);
}

@unmanaged class MinF32 {
  @inline start(): v128 {
    return f32x4.splat(Infinity);
  }
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.min(x, y);
  }
}
export function minRowsF32(x: usize, out: usize, length: i32, block: i32, begin: i32, end: i32): void {
  reduceRows<MinF32>(x, out, length, block, begin, end);
}
export function minColumnsF32(
  x: usize, out: usize, rows: i32, inner: i32, block: i32, begin: i32, end: i32,
): void {
  reduceColumns<MinF32>(x, out, rows, inner, block, begin, end);
}

@unmanaged class ProdF32 {
  @inline start(): v128 {
    return f32x4.splat(1);
  }
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.mul(x, y);
  }
}
export function prodRowsF32(x: usize, out: usize, length: i32, block: i32, begin: i32, end: i32): void {
  reduceRows<ProdF32>(x, out, length, block, begin, end);
}
export function prodColumnsF32(
  x: usize, out: usize, rows: i32, inner: i32, block: i32, begin: i32, end: i32,
): void {
  reduceColumns<ProdF32>(x, out, rows, inner, block, begin, end);
}

@unmanaged class SumI32 {
  @inline start(): v128 {
    return i32x4.splat(0);
  }
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.add(x, y);
  }
}
export function sumRowsI32(x: usize, out: usize, length: i32, block: i32, begin: i32, end: i32): void {
  reduceRows<SumI32>(x, out, length, block, begin, end);
}
export function sumColumnsI32(
  x: usize, out: usize, rows: i32, inner: i32, block: i32, begin: i32, end: i32,
): void {
  reduceColumns<SumI32>(x, out, rows, inner, block, begin, end);
}

@unmanaged class MaxI32 {
  @inline start(): v128 {
    return i32x4.splat(i32.MIN_VALUE);
  }
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.max_s(x, y);
  }
}
export function maxRowsI32(x: usize, out: usize, length: i32, block: i32, begin: i32, end: i32): void {
  reduceRows<MaxI32>(x, out, length, block, begin, end);
}
export function maxColumnsI32(
  x: usize, out: usize, rows: i32, inner: i32, block: i32, begin: i32, end: i32,
): void {
  reduceColumns<MaxI32>(x, out, rows, inner, block, begin, end);
}

@unmanaged class MinI32 {
  @inline start(): v128 {
    return i32x4.splat(i32.MAX_VALUE);
  }
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.min_s(x, y);
  }
}
export function minRowsI32(x: usize, out: usize, length: i32, block: i32, begin: i32, end: i32): void {
  reduceRows<MinI32>(x, out, length, block, begin, end);
}
export function minColumnsI32(
  x: usize, out: usize, rows: i32, inner: i32, block: i32, begin: i32, end: i32,
): void {
  reduceColumns<MinI32>(x, out, rows, inner, block, begin, end);
}

@unmanaged class ProdI32 {
  @inline start(): v128 {
    return i32x4.splat(1);
  }
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.mul(x, y);
  }
}
export function prodRowsI32(x: usize, out: usize, length: i32, block: i32, begin: i32, end: i32): void {
  reduceRows<ProdI32>(x, out, length, block, begin, end);
}
export function prodColumnsI32(
  x: usize, out: usize, rows: i32, inner: i32, block: i32, begin: i32, end: i32,
): void {
  reduceColumns<ProdI32>(x, out, rows, inner, block, begin, end);
}

@unmanaged class ArgMaxF32 {
  @inline better(x: f32, y: f32): bool {
    return x > y;
  }
}
export function argMaxF32(x: usize, out: usize, rows: i32, inner: i32, begin: i32, end: i32): void {
  argReduce<ArgMaxF32, f32>(x, out, rows, inner, begin, end);
}

@unmanaged class ArgMaxI32 {
  @inline better(x: i32, y: i32): bool {
    return x > y;
  }
}
export function argMaxI32(x: usize, out: usize, rows: i32, inner: i32, begin: i32, end: i32): void {
  argReduce<ArgMaxI32, i32>(x, out, rows, inner, begin, end);
}

@unmanaged class ArgMinF32 {
  @inline better(x: f32, y: f32): bool {
    return x < y;
  }
}
export function argMinF32(x: usize, out: usize, rows: i32, inner: i32, begin: i32, end: i32): void {
  argReduce<ArgMinF32, f32>(x, out, rows, inner, begin, end);
}

@unmanaged class ArgMinI32 {
  @inline better(x: i32, y: i32): bool {
    return x < y;
  }
}
export function argMinI32(x: usize, out: usize, rows: i32, inner: i32, begin: i32, end: i32): void {
  argReduce<ArgMinI32, i32>(x, out, rows, inner, begin, end);
}
