// Depthwise convolution: each channel has kernels of its own, so there is no product of matrices in it. Vectors hold
// four channels where each has one kernel; with several kernels a channel the loops are scalar.
import { fma } from './fma';

/**
 * Output rows [begin, end), counted n OH + oy, of
 * out[n, oy, ox, c M + q] = sum over taps of x[n, oy strideY + ky dilationY - padTop, ..., c] w[ky, kx, c, q].
 */
export function depthwiseRows(
  x: usize, H: i32, W: i32, C: i32, M: i32, w: usize, KH: i32, KW: i32, strideY: i32, strideX: i32,
  dilationY: i32, dilationX: i32, padTop: i32, padLeft: i32, out: usize, OH: i32, OW: i32,
  begin: i32, end: i32,
): void {
  const wide = M == 1 ? C & ~3 : 0;
  const N = C * M;
  for (let row = begin; row < end; row++) {
    const image = x + <usize>(row / OH) * <usize>H * <usize>W * <usize>C * 4;
    const y0 = (row % OH) * strideY - padTop;
    for (let ox = 0; ox < OW; ox++) {
      const x0 = ox * strideX - padLeft;
      const o = out + (<usize>row * <usize>OW + <usize>ox) * <usize>N * 4;
      for (let c = 0; c < wide; c += 4) {
        let sum = f32x4.splat(0);
        for (let ky = 0; ky < KH; ky++) {
          const y = y0 + ky * dilationY;
          if (<u32>y >= <u32>H) continue;
          for (let kx = 0; kx < KW; kx++) {
            const px = x0 + kx * dilationX;
            if (<u32>px >= <u32>W) continue;
            const pixel = v128.load(image + (<usize>(y * W + px) * <usize>C + <usize>c) * 4);
            sum = fma(pixel, v128.load(w + <usize>((ky * KW + kx) * N + c) * 4), sum);
          }
        }
        v128.store(o + <usize>c * 4, sum);
      }
      for (let j = wide; j < N; j++) {
        let sum: f32 = 0;
        for (let ky = 0; ky < KH; ky++) {
          const y = y0 + ky * dilationY;
          if (<u32>y >= <u32>H) continue;
          for (let kx = 0; kx < KW; kx++) {
            const px = x0 + kx * dilationX;
            if (<u32>px >= <u32>W) continue;
            const pixel = load<f32>(image + (<usize>(y * W + px) * <usize>C + <usize>(j / M)) * 4);
            sum += pixel * load<f32>(w + <usize>((ky * KW + kx) * N + j) * 4);
          }
        }
        store<f32>(o + <usize>j * 4, sum);
      }
    }
  }
}

/** The output position that tap offset `position` (= y + pad - k dilation) belongs to, or -1. */
// @ts-ignore: decorator
@inline
function source(position: i32, stride: i32, size: i32): i32 {
  if (position < 0 || position % stride != 0) return -1;
  const p = position / stride;
  return p < size ? p : -1;
}

/** Input rows [begin, end), counted n H + y, of the gradient of the input; arguments as depthwiseRows. */
export function depthwiseInputRows(
  dy: usize, OH: i32, OW: i32, C: i32, M: i32, w: usize, KH: i32, KW: i32, strideY: i32, strideX: i32,
  dilationY: i32, dilationX: i32, padTop: i32, padLeft: i32, dx: usize, H: i32, W: i32,
  begin: i32, end: i32,
): void {
  const wide = M == 1 ? C & ~3 : 0;
  const N = C * M;
  for (let row = begin; row < end; row++) {
    const image = dy + <usize>(row / H) * <usize>OH * <usize>OW * <usize>N * 4;
    const y = (row % H) + padTop;
    for (let x = 0; x < W; x++) {
      const o = dx + (<usize>row * <usize>W + <usize>x) * <usize>C * 4;
      for (let c = 0; c < wide; c += 4) {
        let sum = f32x4.splat(0);
        for (let ky = 0; ky < KH; ky++) {
          const oy = source(y - ky * dilationY, strideY, OH);
          if (oy < 0) continue;
          for (let kx = 0; kx < KW; kx++) {
            const ox = source(x + padLeft - kx * dilationX, strideX, OW);
            if (ox < 0) continue;
            const pixel = v128.load(image + (<usize>(oy * OW + ox) * <usize>N + <usize>c) * 4);
            sum = fma(pixel, v128.load(w + <usize>((ky * KW + kx) * N + c) * 4), sum);
          }
        }
        v128.store(o + <usize>c * 4, sum);
      }
      for (let c = wide; c < C; c++) {
        let sum: f32 = 0;
        for (let ky = 0; ky < KH; ky++) {
          const oy = source(y - ky * dilationY, strideY, OH);
          if (oy < 0) continue;
          for (let kx = 0; kx < KW; kx++) {
            const ox = source(x + padLeft - kx * dilationX, strideX, OW);
            if (ox < 0) continue;
            const pixel = image + (<usize>(oy * OW + ox) * <usize>N + <usize>(c * M)) * 4;
            const kernel = w + <usize>((ky * KW + kx) * N + c * M) * 4;
            for (let q: usize = 0; q < <usize>M * 4; q += 4) sum += load<f32>(pixel + q) * load<f32>(kernel + q);
          }
        }
        store<f32>(o + <usize>c * 4, sum);
      }
    }
  }
}

/**
 * Taps [begin, end), counted ky KW + kx, of the gradient of the kernels; arguments as depthwiseRows. Each row of
 * outputs is summed by itself first, which keeps the rounding small.
 */
export function depthwiseFilterTaps(
  x: usize, H: i32, W: i32, C: i32, M: i32, dy: usize, OH: i32, OW: i32, strideY: i32, strideX: i32,
  dilationY: i32, dilationX: i32, padTop: i32, padLeft: i32, dw: usize, KW: i32, batch: i32,
  begin: i32, end: i32,
): void {
  const wide = M == 1 ? C & ~3 : 0;
  const N = C * M;
  for (let tap = begin; tap < end; tap++) {
    const offsetY = (tap / KW) * dilationY - padTop;
    const offsetX = (tap % KW) * dilationX - padLeft;
    const o = dw + <usize>(tap * N) * 4;
    // Outputs whose pixel lies inside of the image: ox in [first, last).
    const first = offsetX >= 0 ? 0 : (strideX - 1 - offsetX) / strideX;
    const last = W <= offsetX ? 0 : min(OW, (W - offsetX + strideX - 1) / strideX);
    for (let j = 0; j < N; j += j < wide ? 4 : 1) {
      let total = f32x4.splat(0);
      for (let n = 0; n < batch; n++) {
        for (let oy = 0; oy < OH; oy++) {
          const y = oy * strideY + offsetY;
          if (<u32>y >= <u32>H) continue;
          let pixel = x + ((<usize>(n * H + y) * <usize>W + <usize>(first * strideX + offsetX)) * <usize>C + <usize>(j / M)) * 4;
          let gradient = dy + ((<usize>(n * OH + oy) * <usize>OW + <usize>first) * <usize>N + <usize>j) * 4;
          let sum = f32x4.splat(0);
          for (let ox = first; ox < last; ox++) {
            sum = j < wide
              ? fma(v128.load(pixel), v128.load(gradient), sum)
              : fma(v128.load32_zero(pixel), v128.load32_zero(gradient), sum);
            pixel += <usize>(strideX * C) * 4;
            gradient += <usize>N * 4;
          }
          total = f32x4.add(total, sum);
        }
      }
      if (j < wide) v128.store(o + <usize>j * 4, total);
      else store<f32>(o + <usize>j * 4, f32x4.extract_lane(total, 0));
    }
  }
}
