// 2-D convolutions as products of patches, which are packed straight from the image: the patch matrix never
// exists. A list of taps describes the kernel's footprint, so that one routine serves the forward pass, the
// gradient of the input (one call a phase of the stride) and dilated kernels.
import { epilogue, macro, packedBlock, rowGrid, rowTable, zeros } from './macro';
import { KC, MC, MR, NR } from './micro';
import { interleave6 } from './pack';

/** Address of C pixels at (y, x), or of zeros outside of the image. */
// @ts-ignore: decorator
@inline
function pixel(image: usize, y: i32, x: i32, H: i32, W: i32, C: i32, channel: i32): usize {
  if (<u32>y >= <u32>H || <u32>x >= <u32>W) return zeros();
  return image + ((<usize>y * <usize>W + <usize>x) * <usize>C + <usize>channel) * 4;
}

/**
 * Tiles [begin, end) of `columns` columns by MC rows of
 *
 *   out[n, qy, qx, j] = activation(bias[j] + sum over taps t and channels c of
 *                       x[n, qy stepY + tapY[t], qx stepX + tapX[t], c] b[t C + c, j])
 *
 * x is [batch, H, W, C] and zero outside; `taps` holds pairs of i32 (tapY, tapX); b is packed by packB. The
 * output positions are [batch, QY, QX] with element strides outImage, outRow and outColumn.
 */
export function convTiles(
  x: usize, H: i32, W: i32, C: i32, taps: usize, tapCount: i32, stepY: i32, stepX: i32, b: usize, N: i32,
  out: usize, rowsTotal: i32, QY: i32, QX: i32, outImage: i32, outRow: i32, outColumn: i32, columns: i32,
  bias: usize, activation: i32, alpha: f32,
  begin: i32, end: i32,
): void {
  const K = tapCount * C;
  const panel = <usize>(K * NR) * 4;
  const across = (N + columns - 1) / columns;
  const rows = rowTable();
  const grid = rowGrid();
  const block = packedBlock();
  for (let t = begin; t < end; t++) {
    const m0 = (t / across) * MC;
    const mc = min(MC, rowsTotal - m0);
    const from = (t % across) * columns;
    const to = min(N, from + columns);
    // For each row: where it is written, its image and the position that taps are relative to.
    let n = m0 / (QY * QX);
    let qy = (m0 / QX) % QY;
    let qx = m0 % QX;
    for (let i = 0; i < mc; i++) {
      const c = <usize>n * <usize>outImage + <usize>qy * <usize>outRow + <usize>qx * <usize>outColumn;
      store<usize>(rows + <usize>i * 4, out + c * 4);
      const g = grid + <usize>i * 12;
      store<usize>(g, x + <usize>n * <usize>H * <usize>W * <usize>C * 4);
      store<i32>(g, qy * stepY, 4);
      store<i32>(g, qx * stepX, 8);
      if (++qx == QX) {
        qx = 0;
        if (++qy == QY) {
          qy = 0;
          n++;
        }
      }
    }
    // Rows that pad the last panel repeat the last row; nothing reads their products.
    for (let i = mc; i % MR != 0; i++) memory.copy(grid + <usize>i * 12, grid + <usize>(mc - 1) * 12, 12);
    for (let k0 = 0; k0 < K; k0 += KC) {
      const kc = min(KC, K - k0);
      for (let i = 0; i < mc; i += MR) {
        const g = grid + <usize>i * 12;
        let o = block + <usize>(i * kc) * 4;
        let tap = k0 / C;
        let channel = k0 % C;
        let left = kc;
        while (left > 0) {
          const length = min(C - channel, left);
          const ty = load<i32>(taps + <usize>tap * 8);
          const tx = load<i32>(taps + <usize>tap * 8, 4);
          interleave6(
            pixel(load<usize>(g), load<i32>(g, 4) + ty, load<i32>(g, 8) + tx, H, W, C, channel),
            pixel(load<usize>(g, 12), load<i32>(g, 16) + ty, load<i32>(g, 20) + tx, H, W, C, channel),
            pixel(load<usize>(g, 24), load<i32>(g, 28) + ty, load<i32>(g, 32) + tx, H, W, C, channel),
            pixel(load<usize>(g, 36), load<i32>(g, 40) + ty, load<i32>(g, 44) + tx, H, W, C, channel),
            pixel(load<usize>(g, 48), load<i32>(g, 52) + ty, load<i32>(g, 56) + tx, H, W, C, channel),
            pixel(load<usize>(g, 60), load<i32>(g, 64) + ty, load<i32>(g, 68) + tx, H, W, C, channel),
            length, o,
          );
          o += <usize>length * 24;
          left -= length;
          channel = 0;
          tap++;
        }
      }
      macro(mc, kc, b + <usize>(k0 * NR) * 4, panel, from, to, k0 > 0);
    }
    epilogue(mc, from, to, bias, activation, alpha);
  }
}

/** Copies `height` channels of each of `count` pixels, `step` bytes apart, into rows of six. */
// @ts-ignore: decorator
@inline
function gather(source: usize, step: usize, count: i32, height: i32, out: usize): void {
  let s = source;
  let o = out;
  if (height == MR) {
    for (let i = 0; i < count; i++) {
      v128.store(o, v128.load(s));
      store<u64>(o, load<u64>(s, 16), 16);
      s += step;
      o += 24;
    }
    return;
  }
  for (let i = 0; i < count; i++) {
    for (let r = 0; r < height; r++) store<f32>(o + <usize>r * 4, load<f32>(s + <usize>r * 4));
    s += step;
    o += 24;
  }
}

/** Zeroes `height` numbers in each of `count` rows of six. */
// @ts-ignore: decorator
@inline
function clear(count: i32, height: i32, out: usize): void {
  for (let i = 0; i < count; i++) {
    for (let r = 0; r < height; r++) store<f32>(out + <usize>i * 24 + <usize>r * 4, 0);
  }
}

/**
 * Tiles [begin, end) of
 *
 *   out[s][t C + c, j] = sum over output positions m of slice s of
 *                        x[n, qy stepY + tapY[t], qx stepX + tapX[t], c] g[m, j],   m = (n QY + qy) QX + qx
 *
 * with x, taps as in convTiles and g packed by packB over all `total` positions. Slice s covers
 * `slice` positions from s * slice on; the caller adds the slices up. Tiles count rows fastest.
 */
export function convFilterTiles(
  x: usize, H: i32, W: i32, C: i32, taps: usize, tapCount: i32, stepY: i32, stepX: i32, g: usize, N: i32,
  out: usize, total: i32, QY: i32, QX: i32, slice: i32,
  begin: i32, end: i32,
): void {
  const K = tapCount * C;
  const down = (K + MC - 1) / MC;
  const panel = <usize>total * <usize>NR * 4;
  const rows = rowTable();
  const block = packedBlock();
  const step = <usize>stepX * <usize>C * 4;
  for (let t = begin; t < end; t++) {
    const r0 = (t % down) * MC;
    const mc = min(MC, K - r0);
    const first = (t / down) * slice;
    const last = min(total, first + slice);
    const c = out + <usize>(t / down) * <usize>K * <usize>N * 4;
    for (let i = 0; i < mc; i++) store<usize>(rows + <usize>i * 4, c + <usize>(r0 + i) * <usize>N * 4);
    for (let m0 = first; m0 < last; m0 += KC) {
      const kc = min(KC, last - m0);
      // Rows of a panel that belong to one tap are neighbours in memory: pack them together.
      for (let i = 0; i < mc; ) {
        const row = r0 + i;
        const tap = row / C;
        const channel = row % C;
        const height = min(min(C - channel, MR - i % MR), mc - i);
        const ty = load<i32>(taps + <usize>tap * 8);
        const tx = load<i32>(taps + <usize>tap * 8, 4);
        let o = block + (<usize>(i / MR) * <usize>kc * 6 + <usize>(i % MR)) * 4;
        let n = m0 / (QY * QX);
        let qy = (m0 / QX) % QY;
        let qx = m0 % QX;
        let left = kc;
        while (left > 0) {
          const count = min(QX - qx, left);
          const y = qy * stepY + ty;
          // Positions [qx, low) and [high, qx + count) fall outside of the image.
          let low = qx;
          let high = qx + count;
          if (<u32>y >= <u32>H) {
            low = high;
          } else {
            if (low * stepX + tx < 0) low = min(high, (-tx + stepX - 1) / stepX);
            const limit = W - tx <= 0 ? 0 : (W - tx + stepX - 1) / stepX;
            if (high > limit) high = max(low, limit);
          }
          clear(low - qx, height, o);
          if (high > low) {
            const source = x + (((<usize>n * <usize>H + <usize>y) * <usize>W + <usize>(low * stepX + tx)) * <usize>C + <usize>channel) * 4;
            gather(source, step, high - low, height, o + <usize>(low - qx) * 24);
          }
          clear(qx + count - max(high, low), height, o + <usize>(max(high, low) - qx) * 24);
          o += <usize>count * 24;
          left -= count;
          qx = 0;
          if (++qy == QY) {
            qy = 0;
            n++;
          }
        }
        i += height;
      }
      macro(mc, kc, g + <usize>m0 * <usize>NR * 4, panel, 0, N, m0 > first);
    }
  }
}

/** out[i] = sum over s of parts[s * size + i], i in [begin, end), in the order of s. */
export function sumSlices(parts: usize, slices: i32, size: i32, out: usize, begin: i32, end: i32): void {
  const step = <usize>size * 4;
  let i = begin;
  for (; i + 4 <= end; i += 4) {
    let p = parts + <usize>i * 4;
    let sum = v128.load(p);
    for (let s = 1; s < slices; s++) {
      p += step;
      sum = f32x4.add(sum, v128.load(p));
    }
    v128.store(out + <usize>i * 4, sum);
  }
  for (; i < end; i++) {
    let p = parts + <usize>i * 4;
    let sum = load<f32>(p);
    for (let s = 1; s < slices; s++) {
      p += step;
      sum += load<f32>(p);
    }
    store<f32>(out + <usize>i * 4, sum);
  }
}
