// Upsample, FIR filter, downsample. The zeros between samples are never stored: of the taps only those that meet a sample
// are visited.
import { fma } from './fma';

/** The first tap that meets a sample when tap 0 is at `position` of the spread image. */
// @ts-ignore: decorator
@inline
function firstTap(position: i32, up: i32): i32 {
  const past = position % up;
  return past == 0 ? 0 : past < 0 ? -past : up - past;
}

/** The sum of taps ky, ky + upY, ... and kx, kx + upX, ... times the samples from (y, x) on, of one channel or of four. */
// @ts-ignore: decorator
@inline
function correlate(
  single: bool, image: usize, H: i32, W: i32, depth: usize, taps: usize, KH: i32, KW: i32, upY: i32, upX: i32,
  ky: i32, kx: i32, y: i32, x: i32,
): v128 {
  let sum = f32x4.splat(0);
  for (; ky < KH; ky += upY, y++) {
    if (<u32>y >= <u32>H) continue;
    for (let k = kx, sx = x; k < KW; k += upX, sx++) {
      if (<u32>sx >= <u32>W) continue;
      const s = image + <usize>(y * W + sx) * depth;
      sum = fma(single ? v128.load32_zero(s) : v128.load(s), v128.load32_splat(taps + <usize>(ky * KW + k) * 4), sum);
    }
  }
  return sum;
}

/**
 * Rows [begin, end), counted n OH + oy, of
 *
 *   out[n, oy, ox, c] = sum over ky, kx of taps[ky, kx] z[n, oy downY + ky - beforeY, ox downX + kx - beforeX, c]
 *
 * where z[n, y upY, x upX, c] = x[n, y, x, c] and z is zero elsewhere. x is [batch, H, W, C].
 */
export function upfirdnRows(
  x: usize, H: i32, W: i32, C: i32, taps: usize, KH: i32, KW: i32, upY: i32, upX: i32, downY: i32, downX: i32,
  beforeY: i32, beforeX: i32, out: usize, OH: i32, OW: i32, begin: i32, end: i32,
): void {
  const wide = <usize>(C & ~3) * 4;
  const pairs: usize = WIDE ? <usize>(C & ~7) * 4 : 0;
  const depth = <usize>C * 4;
  for (let row = begin; row < end; row++) {
    const image = x + <usize>(row / OH) * <usize>H * <usize>W * depth;
    const top = (row % OH) * downY - beforeY;
    const ky0 = firstTap(top, upY);
    const y0 = (top + ky0) / upY;
    for (let ox = 0; ox < OW; ox++) {
      const left = ox * downX - beforeX;
      const kx0 = firstTap(left, upX);
      const x0 = (left + kx0) / upX;
      const o = out + (<usize>row * <usize>OW + <usize>ox) * depth;
      let c: usize = 0;
      for (; c < pairs; c += 32) {
        let a = f32x4.splat(0), b = f32x4.splat(0);
        for (let ky = ky0, y = y0; ky < KH; ky += upY, y++) {
          if (<u32>y >= <u32>H) continue;
          for (let kx = kx0, sx = x0; kx < KW; kx += upX, sx++) {
            if (<u32>sx >= <u32>W) continue;
            const tap = v128.load32_splat(taps + <usize>(ky * KW + kx) * 4);
            const s = image + <usize>(y * W + sx) * depth + c;
            a = fma(v128.load(s), tap, a);
            b = fma(v128.load(s, 16), tap, b);
          }
        }
        v128.store(o + c, a);
        v128.store(o + c, b, 16);
      }
      for (; c < wide; c += 16) {
        v128.store(o + c, correlate(false, image + c, H, W, depth, taps, KH, KW, upY, upX, ky0, kx0, y0, x0));
      }
      for (; c < depth; c += 4) {
        const sum = correlate(true, image + c, H, W, depth, taps, KH, KW, upY, upX, ky0, kx0, y0, x0);
        v128.store_lane<f32>(o + c, sum, 0);
      }
    }
  }
}
