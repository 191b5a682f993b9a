// Normalization with given statistics, and the gradient of normalization by a batch's own.
import { fma } from './fma';
import { Tile } from './shared';

/**
 * out[r, c] = (x[r, c] - mean[c]) factor[c] + offset[c] for rows [begin, end) of [rows, channels]; `table` holds
 * mean, factor and offset, one after the other.
 */
export function batchNormRows(x: usize, table: usize, channels: i32, out: usize, begin: i32, end: i32): void {
  const bytes = <usize>channels * 4;
  const pairs: usize = WIDE ? <usize>(channels & ~7) * 4 : 0;
  const wide = <usize>(channels & ~3) * 4;
  const factor = table + bytes;
  const offset = factor + bytes;
  let s = x + <usize>begin * bytes;
  let o = out + <usize>begin * bytes;
  for (let r = begin; r < end; r++) {
    let c: usize = 0;
    for (; c < pairs; c += 32) {
      const low = f32x4.sub(v128.load(s + c), v128.load(table + c));
      const high = f32x4.sub(v128.load(s + c, 16), v128.load(table + c, 16));
      v128.store(o + c, fma(low, v128.load(factor + c), v128.load(offset + c)));
      v128.store(o + c, fma(high, v128.load(factor + c, 16), v128.load(offset + c, 16)), 16);
    }
    for (; c < wide; c += 16) {
      const centred = f32x4.sub(v128.load(s + c), v128.load(table + c));
      v128.store(o + c, fma(centred, v128.load(factor + c), v128.load(offset + c)));
    }
    for (; c < bytes; c += 4) {
      store<f32>(o + c, (load<f32>(s + c) - load<f32>(table + c)) * load<f32>(factor + c) + load<f32>(offset + c));
    }
    s += bytes;
    o += bytes;
  }
}

/** The table of batchNormRows, for channels [begin, end): factor = scale / sqrt(variance + epsilon). Sizes of one are repeated; 0 means none. */
export function batchNormTable(
  mean: usize, meanSize: i32, variance: usize, varianceSize: i32, offset: usize, offsetSize: i32,
  scale: usize, scaleSize: i32, epsilon: f32, table: usize, channels: i32, begin: i32, end: i32,
): void {
  const bytes = <usize>channels * 4;
  for (let c = begin; c < end; c++) {
    const o = table + <usize>c * 4;
    const gain: f32 = scaleSize == 0 ? 1 : load<f32>(scale + <usize>(c % scaleSize) * 4);
    store<f32>(o, load<f32>(mean + <usize>(c % meanSize) * 4));
    store<f32>(o + bytes, gain / sqrt<f32>(load<f32>(variance + <usize>(c % varianceSize) * 4) + epsilon));
    store<f32>(o + 2 * bytes, offsetSize == 0 ? 0 : load<f32>(offset + <usize>(c % offsetSize) * 4));
  }
}

/** Columns of a unit of batchNormSums. */
const TILE: i32 = Tile.BATCH_NORM_CHANNELS;

/**
 * Sums over blocks of rows of [rows, channels]: part[b][0][c] of dy, part[b][1][c] of dy (x - mean[c]). Unit
 * b * tiles + t is block b of `block` rows and tile t of 16 channels; units [begin, end) are done.
 */
export function batchNormSums(
  dy: usize, x: usize, mean: usize, rows: i32, channels: i32, block: i32, part: usize, begin: i32, end: i32,
): void {
  const bytes = <usize>channels * 4;
  const tiles = (channels + TILE - 1) / TILE;
  for (let u = begin; u < end; u++) {
    const b = u / tiles;
    const count = min(block, rows - b * block);
    let c = (u - b * tiles) * TILE;
    const stop = min(channels, c + TILE);
    const from = <usize>(b * block) * bytes;
    const out = part + <usize>b * 2 * bytes;
    if (c + TILE <= stop) {
      const o = <usize>c * 4;
      const m0 = v128.load(mean + o), m1 = v128.load(mean + o, 16);
      const m2 = v128.load(mean + o, 32), m3 = v128.load(mean + o, 48);
      let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
      let t0 = f32x4.splat(0), t1 = f32x4.splat(0), t2 = f32x4.splat(0), t3 = f32x4.splat(0);
      let p = dy + from + o;
      let q = x + from + o;
      for (let r = 0; r < count; r++) {
        const d0 = v128.load(p), d1 = v128.load(p, 16), d2 = v128.load(p, 32), d3 = v128.load(p, 48);
        s0 = f32x4.add(s0, d0); s1 = f32x4.add(s1, d1); s2 = f32x4.add(s2, d2); s3 = f32x4.add(s3, d3);
        t0 = fma(d0, f32x4.sub(v128.load(q), m0), t0);
        t1 = fma(d1, f32x4.sub(v128.load(q, 16), m1), t1);
        t2 = fma(d2, f32x4.sub(v128.load(q, 32), m2), t2);
        t3 = fma(d3, f32x4.sub(v128.load(q, 48), m3), t3);
        p += bytes;
        q += bytes;
      }
      store4(out + o, s0, s1, s2, s3);
      store4(out + bytes + o, t0, t1, t2, t3);
      continue;
    }
    for (; c < stop; c++) {
      const o = <usize>c * 4;
      const m = v128.load32_zero(mean + o);
      let s = f32x4.splat(0), t = f32x4.splat(0);
      let p = dy + from + o;
      let q = x + from + o;
      for (let r = 0; r < count; r++) {
        const d = v128.load32_zero(p);
        s = f32x4.add(s, d);
        t = fma(d, f32x4.sub(v128.load32_zero(q), m), t);
        p += bytes;
        q += bytes;
      }
      v128.store_lane<f32>(out + o, s, 0);
      v128.store_lane<f32>(out + bytes + o, t, 0);
    }
  }
}

// @ts-ignore: decorator
@inline
function store4(o: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(o, a);
  v128.store(o, b, 16);
  v128.store(o, c, 32);
  v128.store(o, d, 48);
}

/**
 * For channels [begin, end), from the `blocks` parts of batchNormSums over `rows` rows, with s = (variance + epsilon)^-1/2:
 * the gradients doffset = sum of dy and dscale = s sum of dy (x - mean), and the table of batchNormGradientRows: mean,
 * a = scale s, b = -a s dscale / rows and c = -a doffset / rows, one after the other. Address 0 of `scale` means ones.
 */
export function batchNormGradientTable(
  part: usize, blocks: i32, rows: i32, mean: usize, variance: usize, scale: usize, epsilon: f32,
  dscale: usize, doffset: usize, table: usize, channels: i32, begin: i32, end: i32,
): void {
  const bytes = <usize>channels * 4;
  for (let c = begin; c < end; c++) {
    const o = <usize>c * 4;
    let sum: f64 = 0;
    let product: f64 = 0;
    for (let b: usize = 0; b < <usize>blocks; b++) {
      sum += <f64>load<f32>(part + 2 * b * bytes + o);
      product += <f64>load<f32>(part + (2 * b + 1) * bytes + o);
    }
    const inverse = 1 / sqrt<f64>(<f64>load<f32>(variance + o) + <f64>epsilon);
    const gain = scale == 0 ? inverse : inverse * <f64>load<f32>(scale + o);
    store<f32>(doffset + o, <f32>sum);
    store<f32>(dscale + o, <f32>(product * inverse));
    store<f32>(table + o, load<f32>(mean + o));
    store<f32>(table + bytes + o, <f32>gain);
    store<f32>(table + 2 * bytes + o, <f32>(-gain * inverse * inverse * product / <f64>rows));
    store<f32>(table + 3 * bytes + o, <f32>(-gain * sum / <f64>rows));
  }
}

/** dx[r, c] = a[c] dy[r, c] + b[c] (x[r, c] - mean[c]) + c[c] for rows [begin, end), by the table of batchNormGradientTable. */
export function batchNormGradientRows(
  dy: usize, x: usize, table: usize, channels: i32, dx: usize, begin: i32, end: i32,
): void {
  const bytes = <usize>channels * 4;
  const pairs: usize = WIDE ? <usize>(channels & ~7) * 4 : 0;
  const wide = <usize>(channels & ~3) * 4;
  const ta = table + bytes, tb = ta + bytes, tc = tb + bytes;
  for (let r = begin; r < end; r++) {
    const p = dy + <usize>r * bytes, q = x + <usize>r * bytes, o = dx + <usize>r * bytes;
    let c: usize = 0;
    for (; c < pairs; c += 32) {
      const low = gradientAt(v128.load(p + c), v128.load(q + c), v128.load(table + c), v128.load(ta + c), v128.load(tb + c), v128.load(tc + c));
      const high = gradientAt(
        v128.load(p + c, 16), v128.load(q + c, 16), v128.load(table + c, 16), v128.load(ta + c, 16), v128.load(tb + c, 16), v128.load(tc + c, 16),
      );
      v128.store(o + c, low);
      v128.store(o + c, high, 16);
    }
    for (; c < wide; c += 16) {
      v128.store(o + c, gradientAt(v128.load(p + c), v128.load(q + c), v128.load(table + c), v128.load(ta + c), v128.load(tb + c), v128.load(tc + c)));
    }
    for (; c < bytes; c += 4) {
      const value = gradientAt(
        v128.load32_zero(p + c), v128.load32_zero(q + c), v128.load32_zero(table + c),
        v128.load32_zero(ta + c), v128.load32_zero(tb + c), v128.load32_zero(tc + c),
      );
      v128.store_lane<f32>(o + c, value, 0);
    }
  }
}

// @ts-ignore: decorator
@inline
function gradientAt(dy: v128, x: v128, mean: v128, a: v128, b: v128, c: v128): v128 {
  return fma(dy, a, fma(f32x4.sub(x, mean), b, c));
}
