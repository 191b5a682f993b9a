// Packing of matrix panels. Strides are in elements.
import { MR, NR } from './micro';

/** Panels that are packed side by side. */
const PANELS: i32 = 8;

/**
 * Panels [begin, end) of B [K, N] as out[panel][k][NR]; columns past N are zero. Element (k, j) is at
 * b + 4 * (k * rowStride + j * columnStride). `offset` and `depth` place K rows at row `offset` of panels
 * that have `depth` rows.
 */
export function packB(
  b: usize, rowStride: i32, columnStride: i32, K: i32, N: i32, out: usize, offset: i32, depth: i32,
  begin: i32, end: i32,
): void {
  const rs = <usize>rowStride * 4;
  const cs = <usize>columnStride * 4;
  let p = begin;
  if (columnStride == 1) {
    // Neighbouring panels row by row: a row's distance is often a page, and too long for the prefetcher.
    const whole = min(end, N / NR);
    const panel = <usize>depth * <usize>NR * 4;
    while (p < whole) {
      const count = <usize>min(PANELS, whole - p);
      let to = out + <usize>p * panel + <usize>offset * <usize>NR * 4;
      let from = b + <usize>(p * NR) * 4;
      for (let k = 0; k < K; k++) {
        let o = to;
        let s = from;
        for (let i: usize = 0; i < count; i++) {
          v128.store(o, v128.load(s));
          v128.store(o, v128.load(s, 16), 16);
          if (WIDE) {
            v128.store(o, v128.load(s, 32), 32);
            v128.store(o, v128.load(s, 48), 48);
          }
          o += panel;
          s += NR * 4;
        }
        to += NR * 4;
        from += rs;
      }
      p += <i32>count;
    }
  }
  for (; p < end; p++) {
    let o = out + (<usize>p * <usize>depth + <usize>offset) * <usize>NR * 4;
    const width = min(NR, N - p * NR);
    let s = b + <usize>(p * NR) * cs;
    if (width == NR && rowStride == 1) {
      let k = 0;
      for (; k + 4 <= K; k += 4) {
        for (let j: usize = 0; j < <usize>NR; j += 4) {
          const q = s + j * cs;
          transpose4(q, q + cs, q + 2 * cs, q + 3 * cs, o + j * 4, NR * 4);
        }
        o += NR * 16;
        s += 16;
      }
      for (; k < K; k++) {
        for (let j: usize = 0; j < <usize>NR; j++) store<f32>(o + j * 4, load<f32>(s + j * cs));
        o += NR * 4;
        s += 4;
      }
    } else {
      for (let k = 0; k < K; k++) {
        for (let j = 0; j < width; j++) store<f32>(o + <usize>j * 4, load<f32>(s + <usize>j * cs));
        for (let j = width; j < NR; j++) store<f32>(o + <usize>j * 4, 0);
        o += NR * 4;
        s += rs;
      }
    }
  }
}

/** Rows [0, rows) and columns [0, kc) of A as panels out[panel][k][6]; rows past the end are zero. */
export function packA(a: usize, rowStride: i32, columnStride: i32, rows: i32, kc: i32, out: usize): void {
  const rs = <usize>rowStride * 4;
  const cs = <usize>columnStride * 4;
  const panel = <usize>kc * 24;
  const whole = rows - (rows % MR);
  if (rowStride == 1) {
    // A column is contiguous: read it through, and write to every panel in turn.
    for (let k = 0; k < kc; k++) {
      let s = a + <usize>k * cs;
      let w = out + <usize>k * 24;
      for (let i = 0; i < whole; i += MR) {
        v128.store(w, v128.load(s));
        store<u64>(w, load<u64>(s, 16), 16);
        s += 24;
        w += panel;
      }
    }
  } else if (columnStride == 1) {
    for (let i = 0; i < whole; i += MR) {
      const s = a + <usize>i * rs;
      interleave6(s, s + rs, s + 2 * rs, s + 3 * rs, s + 4 * rs, s + 5 * rs, kc, out + <usize>(i / MR) * panel);
    }
  } else {
    for (let i = 0; i < whole; i++) {
      packRow(a + <usize>i * rs, cs, kc, out + <usize>(i / MR) * panel + <usize>(i % MR) * 4);
    }
  }
  for (let i = whole; i < rows; i++) {
    packRow(a + <usize>i * rs, cs, kc, out + <usize>(i / MR) * panel + <usize>(i % MR) * 4);
  }
  for (let i = rows; i % MR != 0; i++) packRow(zero, 0, kc, out + <usize>(i / MR) * panel + <usize>(i % MR) * 4);
}

/** A float that is zero. */
const zero = memory.data<f32>([0]);

function packRow(s: usize, step: usize, kc: i32, out: usize): void {
  for (let k = 0; k < kc; k++) {
    store<f32>(out, load<f32>(s));
    s += step;
    out += 24;
  }
}

/** out[k][r] = stream r at k, for six streams of `length` floats. */
export function interleave6(
  s0: usize, s1: usize, s2: usize, s3: usize, s4: usize, s5: usize, length: i32, out: usize,
): void {
  let k = 0;
  let o = out;
  for (; k + 4 <= length; k += 4) {
    const offset = <usize>k * 4;
    transpose4(s0 + offset, s1 + offset, s2 + offset, s3 + offset, o, 24);
    const e = v128.load(s4 + offset);
    const f = v128.load(s5 + offset);
    const low = i32x4.shuffle(e, f, 0, 4, 1, 5);
    const high = i32x4.shuffle(e, f, 2, 6, 3, 7);
    v128.store64_lane(o, low, 0, 16);
    v128.store64_lane(o, low, 1, 40);
    v128.store64_lane(o, high, 0, 64);
    v128.store64_lane(o, high, 1, 88);
    o += 96;
  }
  for (; k < length; k++) {
    const offset = <usize>k * 4;
    store<f32>(o, load<f32>(s0 + offset));
    store<f32>(o, load<f32>(s1 + offset), 4);
    store<f32>(o, load<f32>(s2 + offset), 8);
    store<f32>(o, load<f32>(s3 + offset), 12);
    store<f32>(o, load<f32>(s4 + offset), 16);
    store<f32>(o, load<f32>(s5 + offset), 20);
    o += 24;
  }
}

/** Four streams of four floats, transposed, stored `step` bytes apart. */
// @ts-ignore: decorator
@inline
function transpose4(s0: usize, s1: usize, s2: usize, s3: usize, out: usize, step: usize): void {
  const a = v128.load(s0), b = v128.load(s1), c = v128.load(s2), d = v128.load(s3);
  const ab = i32x4.shuffle(a, b, 0, 4, 1, 5), AB = i32x4.shuffle(a, b, 2, 6, 3, 7);
  const cd = i32x4.shuffle(c, d, 0, 4, 1, 5), CD = i32x4.shuffle(c, d, 2, 6, 3, 7);
  v128.store(out, i64x2.shuffle(ab, cd, 0, 2));
  v128.store(out + step, i64x2.shuffle(ab, cd, 1, 3));
  v128.store(out + 2 * step, i64x2.shuffle(AB, CD, 0, 2));
  v128.store(out + 3 * step, i64x2.shuffle(AB, CD, 1, 3));
}
