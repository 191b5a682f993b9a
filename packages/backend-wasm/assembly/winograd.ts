// Convolutions of stride 1 by Winograd's algorithm (Lavin and Gray, 2016) on tiles of 6 x 6 pixels: a 3 x 3 kernel
// gives 4 x 4 outputs a tile, a 5 x 5 kernel 2 x 2, with 36 multiplications instead of 144 or 100.
//
// In one dimension the outputs are y = A [(G g) * (B d)], where * is elementwise. Evaluating at 0, 1, -1, 2, -2 and
// infinity gives the matrices below; B is the same for all kernel sizes, G and A only differ in their number of
// columns and rows. In two dimensions each matrix is applied along columns, then along rows. The gradient of the
// kernel is a convolution too: of the image by dy, with as many outputs as the kernel has taps.
//
// Vectors hold four channels. The forms named `Pair` do two neighbouring vectors at a time, in slots of 32 bytes, so that
// an engine that joins pairs of vectors finds them; elsewhere they would not fit the registers.
import { fma } from './fma';
import { activate } from './macro';
import { micro, microRows, KC, MR, NR } from './micro';
import { scratch } from './runtime';
import { Winograd } from './shared';

const POINTS: i32 = Winograd.POINTS;

// Scratch memory of a thread beyond that of macro.ts, in bytes from its start.
const ROWS: usize = 131072;
const PIXELS: usize = ROWS + 256;
const SLOTS: usize = ROWS + 512;
const HALF: usize = SLOTS + 1536;
const ZEROS: usize = ROWS + 4096;
/** Channels that ZEROS can stand in for. */
const MAX_CHANNELS: i32 = 4096;
/** Tiles that are transformed together for the gradient of the kernel. */
const GROUP: i32 = 16;
const BUFFER: usize = ZEROS + <usize>MAX_CHANNELS * 4;

/**
 * `bytes` rounded up to an odd number of cache lines: the distance of points, or tiles, that are used together. At a power
 * of two they would compete for the same few places in the cache.
 */
// @ts-ignore: decorator
@inline
function oddLines(bytes: usize): usize {
  return (((bytes + 63) >> 6) | 1) << 6;
}

// @ts-ignore: decorator
@inline
function scale(x: v128, factor: f32): v128 {
  return f32x4.mul(x, f32x4.splat(factor));
}

/** o = B d. */
// @ts-ignore: decorator
@inline
function applyB(d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, o: usize, step: usize): void {
  const four = f32x4.splat(4), minusFour = f32x4.splat(-4), minusFive = f32x4.splat(-5);
  v128.store(o, fma(d0, four, fma(d2, minusFive, d4)));
  const p = fma(d2, minusFour, d4), q = fma(d1, minusFour, d3);
  v128.store(o + step, f32x4.add(p, q));
  v128.store(o + 2 * step, f32x4.sub(p, q));
  const s = f32x4.sub(d4, d2), t = scale(f32x4.sub(d3, d1), 2);
  v128.store(o + 3 * step, f32x4.add(s, t));
  v128.store(o + 4 * step, f32x4.sub(s, t));
  v128.store(o + 5 * step, fma(d1, four, fma(d3, minusFive, d5)));
}

/** As applyB, at two neighbouring vectors of each address. */
// @ts-ignore: decorator
@inline
function applyBPair(s0: usize, s1: usize, s2: usize, s3: usize, s4: usize, s5: usize, o: usize, step: usize): void {
  const four = f32x4.splat(4), minusFour = f32x4.splat(-4), minusFive = f32x4.splat(-5);
  const a0 = v128.load(s0), b0 = v128.load(s0, 16), a1 = v128.load(s1), b1 = v128.load(s1, 16);
  const a2 = v128.load(s2), b2 = v128.load(s2, 16), a3 = v128.load(s3), b3 = v128.load(s3, 16);
  const a4 = v128.load(s4), b4 = v128.load(s4, 16), a5 = v128.load(s5), b5 = v128.load(s5, 16);
  const ap = fma(a2, minusFour, a4), bp = fma(b2, minusFour, b4);
  const aq = fma(a1, minusFour, a3), bq = fma(b1, minusFour, b3);
  const as = f32x4.sub(a4, a2), bs = f32x4.sub(b4, b2);
  const at = scale(f32x4.sub(a3, a1), 2), bt = scale(f32x4.sub(b3, b1), 2);
  putPair(o, fma(a0, four, fma(a2, minusFive, a4)), fma(b0, four, fma(b2, minusFive, b4)));
  putPair(o + step, f32x4.add(ap, aq), f32x4.add(bp, bq));
  putPair(o + 2 * step, f32x4.sub(ap, aq), f32x4.sub(bp, bq));
  putPair(o + 3 * step, f32x4.add(as, at), f32x4.add(bs, bt));
  putPair(o + 4 * step, f32x4.sub(as, at), f32x4.sub(bs, bt));
  putPair(o + 5 * step, fma(a1, four, fma(a3, minusFive, a5)), fma(b1, four, fma(b3, minusFive, b5)));
}

// @ts-ignore: decorator
@inline
function putPair(o: usize, a: v128, b: v128): void {
  v128.store(o, a);
  v128.store(o, b, 16);
}

/** o = G g for the n vectors g at s, n = 2 to 5. */
// @ts-ignore: decorator
@inline
function applyG(n: i32, s: usize, from: usize, o: usize, step: usize): void {
  const zero = f32x4.splat(0);
  const g0 = v128.load(s), g1 = v128.load(s + from);
  const g2 = n > 2 ? v128.load(s + 2 * from) : zero;
  const g3 = n > 3 ? v128.load(s + 3 * from) : zero;
  const g4 = n > 4 ? v128.load(s + 4 * from) : zero;
  v128.store(o, scale(g0, 1.0 / 4.0));
  const even = f32x4.add(f32x4.add(g0, g2), g4), odd = f32x4.add(g1, g3);
  v128.store(o + step, scale(f32x4.add(even, odd), -1.0 / 6.0));
  v128.store(o + 2 * step, scale(f32x4.sub(even, odd), -1.0 / 6.0));
  const four = f32x4.splat(4);
  const even2 = fma(fma(g4, four, g2), four, g0), odd2 = scale(fma(g3, four, g1), 2);
  v128.store(o + 3 * step, scale(f32x4.add(even2, odd2), 1.0 / 24.0));
  v128.store(o + 4 * step, scale(f32x4.sub(even2, odd2), 1.0 / 24.0));
  v128.store(o + 5 * step, v128.load(s + <usize>(n - 1) * from));
}

/** As applyG, at two neighbouring vectors of each address. */
// @ts-ignore: decorator
@inline
function applyGPair(n: i32, s: usize, from: usize, o: usize, step: usize): void {
  const zero = f32x4.splat(0), four = f32x4.splat(4);
  const a0 = v128.load(s), b0 = v128.load(s, 16);
  const a1 = v128.load(s + from), b1 = v128.load(s + from, 16);
  let a2 = zero, b2 = zero, a3 = zero, b3 = zero, a4 = zero, b4 = zero;
  let aLast = a1, bLast = b1;
  if (n > 2) {
    a2 = aLast = v128.load(s + 2 * from);
    b2 = bLast = v128.load(s + 2 * from, 16);
  }
  if (n > 3) {
    a3 = aLast = v128.load(s + 3 * from);
    b3 = bLast = v128.load(s + 3 * from, 16);
  }
  if (n > 4) {
    a4 = aLast = v128.load(s + 4 * from);
    b4 = bLast = v128.load(s + 4 * from, 16);
  }
  const ae = f32x4.add(f32x4.add(a0, a2), a4), be = f32x4.add(f32x4.add(b0, b2), b4);
  const ao = f32x4.add(a1, a3), bo = f32x4.add(b1, b3);
  const ae2 = fma(fma(a4, four, a2), four, a0), be2 = fma(fma(b4, four, b2), four, b0);
  const ao2 = scale(fma(a3, four, a1), 2), bo2 = scale(fma(b3, four, b1), 2);
  putPair(o, scale(a0, 1.0 / 4.0), scale(b0, 1.0 / 4.0));
  putPair(o + step, scale(f32x4.add(ae, ao), -1.0 / 6.0), scale(f32x4.add(be, bo), -1.0 / 6.0));
  putPair(o + 2 * step, scale(f32x4.sub(ae, ao), -1.0 / 6.0), scale(f32x4.sub(be, bo), -1.0 / 6.0));
  putPair(o + 3 * step, scale(f32x4.add(ae2, ao2), 1.0 / 24.0), scale(f32x4.add(be2, bo2), 1.0 / 24.0));
  putPair(o + 4 * step, scale(f32x4.sub(ae2, ao2), 1.0 / 24.0), scale(f32x4.sub(be2, bo2), 1.0 / 24.0));
  putPair(o + 5 * step, aLast, bLast);
}

/** o = A m: n vectors, n = 2 to 5. */
// @ts-ignore: decorator
@inline
function applyA(n: i32, s: usize, from: usize, o: usize, step: usize): void {
  const m1 = v128.load(s + from), m2 = v128.load(s + 2 * from);
  const m3 = v128.load(s + 3 * from), m4 = v128.load(s + 4 * from);
  const s1 = f32x4.add(m1, m2), d1 = f32x4.sub(m1, m2);
  const s2 = f32x4.add(m3, m4), d2 = f32x4.sub(m3, m4);
  v128.store(o, f32x4.add(f32x4.add(v128.load(s), s1), s2));
  v128.store(o + step, fma(d2, f32x4.splat(2), d1));
  if (n > 2) v128.store(o + 2 * step, fma(s2, f32x4.splat(4), s1));
  if (n > 3) v128.store(o + 3 * step, fma(d2, f32x4.splat(8), d1));
  if (n > 4) v128.store(o + 4 * step, fma(s2, f32x4.splat(16), s1));
  const last = o + <usize>(n - 1) * step;
  v128.store(last, f32x4.add(v128.load(last), v128.load(s + 5 * from)));
}

/** As applyA, at two neighbouring vectors of each address. */
// @ts-ignore: decorator
@inline
function applyAPair(n: i32, s: usize, from: usize, o: usize, step: usize): void {
  const two = f32x4.splat(2), four = f32x4.splat(4), eight = f32x4.splat(8), sixteen = f32x4.splat(16);
  const a0 = v128.load(s), b0 = v128.load(s, 16);
  const a1 = v128.load(s + from), b1 = v128.load(s + from, 16);
  const a2 = v128.load(s + 2 * from), b2 = v128.load(s + 2 * from, 16);
  const a3 = v128.load(s + 3 * from), b3 = v128.load(s + 3 * from, 16);
  const a4 = v128.load(s + 4 * from), b4 = v128.load(s + 4 * from, 16);
  const a5 = v128.load(s + 5 * from), b5 = v128.load(s + 5 * from, 16);
  const as1 = f32x4.add(a1, a2), bs1 = f32x4.add(b1, b2), ad1 = f32x4.sub(a1, a2), bd1 = f32x4.sub(b1, b2);
  const as2 = f32x4.add(a3, a4), bs2 = f32x4.add(b3, b4), ad2 = f32x4.sub(a3, a4), bd2 = f32x4.sub(b3, b4);
  putPair(o, f32x4.add(f32x4.add(a0, as1), as2), f32x4.add(f32x4.add(b0, bs1), bs2));
  putPair(o + step, fma(ad2, two, ad1), fma(bd2, two, bd1));
  if (n > 2) putPair(o + 2 * step, fma(as2, four, as1), fma(bs2, four, bs1));
  if (n > 3) putPair(o + 3 * step, fma(ad2, eight, ad1), fma(bd2, eight, bd1));
  if (n > 4) putPair(o + 4 * step, fma(as2, sixteen, as1), fma(bs2, sixteen, bs1));
  const last = o + <usize>(n - 1) * step;
  putPair(last, f32x4.add(v128.load(last), a5), f32x4.add(v128.load(last, 16), b5));
}

/** Puts G g G' of the n x n vectors in SLOTS (rows of six) at o, points `step` bytes apart. */
// @ts-ignore: decorator
@inline
function transformG(n: i32, o: usize, step: usize): void {
  const slots = scratch + SLOTS, half = scratch + HALF;
  for (let x = 0; x < n; x++) applyG(n, slots + <usize>x * 16, 96, half + <usize>x * 16, 96);
  for (let y: usize = 0; y < 6; y++) applyG(n, half + y * 96, 16, o + y * 6 * step, step);
}

/** Puts A m A' of the points at s, `from` bytes apart, into SLOTS, n x n vectors in rows of six. */
// @ts-ignore: decorator
@inline
function transformA(n: i32, s: usize, from: usize): void {
  const slots = scratch + SLOTS, half = scratch + HALF;
  for (let x: usize = 0; x < 6; x++) applyA(n, s + x * from, 6 * from, half + x * 16, 96);
  for (let y = 0; y < n; y++) applyA(n, half + <usize>y * 96, 16, slots + <usize>y * 96, 16);
}

/** Puts B d B' of the vectors at the addresses in `pixels` plus `channel` at o, points `step` bytes apart. */
// @ts-ignore: decorator
@inline
function transformB(pixels: usize, channel: usize, o: usize, step: usize): void {
  const half = scratch + HALF;
  for (let x: usize = 0; x < 6; x++) {
    const p = pixels + x * 4;
    applyB(
      v128.load(load<usize>(p) + channel), v128.load(load<usize>(p, 24) + channel),
      v128.load(load<usize>(p, 48) + channel), v128.load(load<usize>(p, 72) + channel),
      v128.load(load<usize>(p, 96) + channel), v128.load(load<usize>(p, 120) + channel),
      half + x * 16, 96,
    );
  }
  for (let y: usize = 0; y < 6; y++) {
    const h = half + y * 96;
    applyB(
      v128.load(h), v128.load(h, 16), v128.load(h, 32), v128.load(h, 48), v128.load(h, 64), v128.load(h, 80),
      o + y * 6 * step, step,
    );
  }
}

// @ts-ignore: decorator
@inline
function transformGPair(n: i32, o: usize, step: usize): void {
  const slots = scratch + SLOTS, half = scratch + HALF;
  for (let x = 0; x < n; x++) applyGPair(n, slots + <usize>x * 32, 192, half + <usize>x * 32, 192);
  for (let y: usize = 0; y < 6; y++) applyGPair(n, half + y * 192, 32, o + y * 6 * step, step);
}

// @ts-ignore: decorator
@inline
function transformAPair(n: i32, s: usize, from: usize): void {
  const slots = scratch + SLOTS, half = scratch + HALF;
  for (let x: usize = 0; x < 6; x++) applyAPair(n, s + x * from, 6 * from, half + x * 32, 192);
  for (let y = 0; y < n; y++) applyAPair(n, half + <usize>y * 192, 32, slots + <usize>y * 192, 32);
}

// @ts-ignore: decorator
@inline
function transformBPair(pixels: usize, channel: usize, o: usize, step: usize): void {
  const half = scratch + HALF;
  for (let x: usize = 0; x < 6; x++) {
    const p = pixels + x * 4;
    applyBPair(
      load<usize>(p) + channel, load<usize>(p, 24) + channel, load<usize>(p, 48) + channel,
      load<usize>(p, 72) + channel, load<usize>(p, 96) + channel, load<usize>(p, 120) + channel,
      half + x * 32, 192,
    );
  }
  for (let y: usize = 0; y < 6; y++) {
    const h = half + y * 192;
    applyBPair(h, h + 32, h + 64, h + 96, h + 128, h + 160, o + y * 6 * step, step);
  }
}

/** Fills `pixels` with the addresses of 6 x 6 pixels from (y0, x0) on; outside of the image they point at zeros. */
function findPixels(pixels: usize, image: usize, y0: i32, x0: i32, H: i32, W: i32, C: i32): void {
  for (let y = 0; y < 6; y++) {
    for (let x = 0; x < 6; x++) {
      const inside = <u32>(y0 + y) < <u32>H && <u32>(x0 + x) < <u32>W;
      const address = image + (<usize>(y0 + y) * <usize>W + <usize>(x0 + x)) * <usize>C * 4;
      store<usize>(pixels + <usize>(y * 6 + x) * 4, inside ? address : scratch + ZEROS);
    }
  }
}

// @ts-ignore: decorator
@inline
function clearZeros(C: i32): void {
  memory.fill(scratch + ZEROS, 0, <usize>C * 4);
}

/**
 * Transformed kernels, packed: u[point][panel][k][NR] for panels [begin, end), columns past N zero, points apart by oddLines. Tap (y, x) of
 * column j at depth k is at w + 4 * ((y r + x) tapStride + k depthStride + j columnStride), or, if `flip`, taken
 * from the opposite corner. N is a multiple of 4.
 */
export function winogradKernel(
  w: usize, r: i32, flip: bool, tapStride: i32, depthStride: i32, columnStride: i32, K: i32, N: i32, u: usize,
  begin: i32, end: i32,
): void {
  const slots = scratch + SLOTS;
  const step = oddLines(<usize>((N + NR - 1) / NR) * <usize>(K * NR) * 4);
  const cs = <usize>columnStride * 4;
  for (let p = begin; p < end; p++) {
    for (let k = 0; k < K; k++) {
      const o = u + <usize>(p * K + k) * <usize>NR * 4;
      for (let q = 0; q < NR; q += 4) {
        const j = p * NR + q;
        if (j >= N) {
          for (let i = 0; i < POINTS; i++) v128.store(o + <usize>q * 4 + <usize>i * step, f32x4.splat(0));
          continue;
        }
        for (let tap = 0; tap < r * r; tap++) {
          const source = flip ? r * r - 1 - tap : tap;
          const s = w + (<usize>source * <usize>tapStride + <usize>k * <usize>depthStride + <usize>j * <usize>columnStride) * 4;
          let v: v128;
          if (columnStride == 1) {
            v = v128.load(s);
          } else {
            v = v128.load32_zero(s);
            v = v128.load32_lane(s + cs, v, 1);
            v = v128.load32_lane(s + 2 * cs, v, 2);
            v = v128.load32_lane(s + 3 * cs, v, 3);
          }
          v128.store(slots + <usize>((tap / r) * 6 + (tap % r)) * 16, v);
        }
        transformG(r, o + <usize>q * 4, step);
      }
    }
  }
}

/**
 * Blocks [begin, end) of `block` tiles, a multiple of six, of
 *
 *   out[n, y, x, j] = activation(bias[j] + sum over taps and c of d[n, y + i - padTop, x + k - padLeft, c] w[i, k, c, j])
 *
 * with d [batch, H, W, C] zero outside, u the packed kernels and out [batch, OH, OW, N]. C and N are multiples of 4.
 */
export function winogradTiles(
  d: usize, H: i32, W: i32, C: i32, padTop: i32, padLeft: i32, r: i32, u: usize, N: i32,
  out: usize, OH: i32, OW: i32, tilesTotal: i32, block: i32, bias: usize, activation: i32, alpha: f32,
  begin: i32, end: i32,
): void {
  clearZeros(C);
  const m = 7 - r;
  const tilesX = (OW + m - 1) / m;
  const tilesY = (OH + m - 1) / m;
  const panels = (N + NR - 1) / NR;
  const width = <usize>(panels * NR) * 4;
  const depth = <usize>C * 4;
  const v = scratch + BUFFER;
  const vStep = oddLines(<usize>block * depth);
  const products = v + <usize>POINTS * vStep;
  const step = oddLines(<usize>block * width);
  const uStep = oddLines(<usize>(panels * C * NR) * 4);
  const rows = scratch + ROWS;
  const slots = scratch + SLOTS;
  const pixels = scratch + PIXELS;
  const wideAlpha = f32x4.splat(alpha);
  for (let t = begin; t < end; t++) {
    const first = t * block;
    const count = min(block, tilesTotal - first);
    for (let i = 0; i < count; i++) {
      const tile = first + i;
      const n = tile / (tilesY * tilesX);
      const ty = (tile / tilesX) % tilesY;
      findPixels(pixels, d + <usize>n * <usize>H * <usize>W * depth, ty * m - padTop, (tile % tilesX) * m - padLeft, H, W, C);
      let c: usize = 0;
      if (WIDE) {
        for (; c + 32 <= depth; c += 32) transformBPair(pixels, c, v + <usize>i * depth + c, vStep);
      }
      for (; c < depth; c += 16) transformB(pixels, c, v + <usize>i * depth + c, vStep);
    }
    for (let point = 0; point < POINTS; point++) {
      for (let j = 0; j < panels; j++) {
        const b = u + <usize>point * uStep + <usize>(j * C * NR) * 4;
        for (let i = 0; i < count; i += MR) {
          const c = products + <usize>point * step + <usize>i * width;
          for (let q: usize = 0; q < <usize>MR; q++) store<usize>(rows + q * 4, c + q * width);
          microRows(C, v + <usize>point * vStep + <usize>i * depth, depth, b, rows, <usize>(j * NR) * 4);
        }
      }
    }
    for (let i = 0; i < count; i++) {
      const tile = first + i;
      const n = tile / (tilesY * tilesX);
      const y0 = ((tile / tilesX) % tilesY) * m;
      const x0 = (tile % tilesX) * m;
      const height = min(m, OH - y0);
      const across = min(m, OW - x0);
      const o = out + ((<usize>n * <usize>OH + <usize>y0) * <usize>OW + <usize>x0) * <usize>N * 4;
      const line = <usize>N * 4;
      let j: usize = 0;
      if (WIDE) {
        for (; j + 32 <= line; j += 32) {
          transformAPair(m, products + <usize>i * width + j, step);
          finish(slots, 192, 32, height, across, o + j, <usize>OW * line, line, bias == 0 ? 0 : bias + j, activation, wideAlpha);
          finish(slots + 16, 192, 32, height, across, o + j + 16, <usize>OW * line, line, bias == 0 ? 0 : bias + j + 16, activation, wideAlpha);
        }
      }
      for (; j < line; j += 16) {
        transformA(m, products + <usize>i * width + j, step);
        finish(slots, 96, 16, height, across, o + j, <usize>OW * line, line, bias == 0 ? 0 : bias + j, activation, wideAlpha);
      }
    }
  }
}

/** Stores a tile of outputs after bias (0: none) and activation; `down` and `right` are the slots' distances. */
// @ts-ignore: decorator
@inline
function finish(
  slots: usize, down: usize, right: usize, height: i32, across: i32,
  out: usize, outRow: usize, outColumn: usize, bias: usize, activation: i32, alpha: v128,
): void {
  const shift = bias == 0 ? f32x4.splat(0) : v128.load(bias);
  for (let y: usize = 0; y < <usize>height; y++) {
    for (let x: usize = 0; x < <usize>across; x++) {
      const value = f32x4.add(v128.load(slots + y * down + x * right), shift);
      v128.store(out + y * outRow + x * outColumn, activate(value, activation, alpha));
    }
  }
}

/**
 * For the gradient of the kernel: tiles first + [begin, end) of the image as v[point][tile][C], tiles apart by
 * oddLines(C * 4), and of dy as g[point][panel][tile][NR], with room for `tilesTotal` tiles and points apart by oddLines.
 */
export function winogradGradientTiles(
  x: usize, H: i32, W: i32, C: i32, padTop: i32, padLeft: i32, r: i32, dy: usize, OH: i32, OW: i32, N: i32,
  v: usize, g: usize, first: i32, tilesTotal: i32, begin: i32, end: i32,
): void {
  clearZeros(max(C, N));
  const m = 7 - r;
  const tilesX = (OW + m - 1) / m;
  const tilesY = (OH + m - 1) / m;
  const total = <usize>tilesTotal;
  const depth = <usize>C * 4;
  const vTile = oddLines(depth);
  const vStep = oddLines(total * vTile);
  const gStep = oddLines(<usize>((N + NR - 1) / NR) * total * <usize>NR * 4);
  const ofX = scratch + BUFFER;
  const ofDy = ofX + <usize>GROUP * 144;
  // A group of tiles at a time, channels outermost: then the 36 places that are written to move on slowly.
  for (let t0 = begin; t0 < end; t0 += GROUP) {
    const count = min(GROUP, end - t0);
    for (let i = 0; i < count; i++) {
      const t = first + t0 + i;
      const n = <usize>(t / (tilesY * tilesX));
      const y0 = ((t / tilesX) % tilesY) * m;
      const x0 = (t % tilesX) * m;
      const image = x + n * <usize>H * <usize>W * depth;
      findPixels(ofX + <usize>i * 144, image, y0 - padTop, x0 - padLeft, H, W, C);
      findPixels(ofDy + <usize>i * 144, dy + n * <usize>OH * <usize>OW * <usize>N * 4, y0, x0, OH, OW, N);
    }
    for (let i = 0; i < count; i++) {
      const pixels = ofX + <usize>i * 144;
      const o = v + <usize>(t0 + i) * vTile;
      let c: usize = 0;
      if (WIDE) {
        for (; c + 32 <= depth; c += 32) transformBPair(pixels, c, o + c, vStep);
      }
      for (; c < depth; c += 16) transformB(pixels, c, o + c, vStep);
    }
    for (let panel = 0; panel < N; panel += NR) {
      const stop = min(N, panel + NR);
      for (let i = 0; i < count; i++) {
        const o = g + (<usize>(panel / NR) * total + <usize>(t0 + i)) * <usize>NR * 4;
        let j = panel;
        if (WIDE) {
          for (; j + 8 <= stop; j += 8) {
            takeTile(m, ofDy + <usize>i * 144, <usize>j * 4, true);
            transformGPair(m, o + <usize>(j - panel) * 4, gStep);
          }
        }
        for (; j < stop; j += 4) {
          takeTile(m, ofDy + <usize>i * 144, <usize>j * 4, false);
          transformG(m, o + <usize>(j - panel) * 4, gStep);
        }
      }
    }
  }
}

/** Copies the m x m vectors, or pairs of them, at the addresses in `pixels` plus `channel` to SLOTS. */
// @ts-ignore: decorator
@inline
function takeTile(m: i32, pixels: usize, channel: usize, pair: bool): void {
  const slots = scratch + SLOTS;
  for (let y = 0; y < m; y++) {
    for (let x = 0; x < m; x++) {
      const slot = <usize>(y * 6 + x);
      const s = load<usize>(pixels + slot * 4) + channel;
      if (pair) putPair(slots + slot * 32, v128.load(s), v128.load(s, 16));
      else v128.store(slots + slot * 16, v128.load(s));
    }
  }
}

/**
 * Products [begin, end) of the gradient of the kernel: product p * panels + i sums, at point p, over all tiles, into
 * six rows of q[point][6 panels][NR panels], i being six channels of v. `accumulate` adds to what q holds. The last rows may
 * be past the channels; nothing reads them.
 */
export function winogradGradientProducts(
  v: usize, g: usize, q: usize, C: i32, N: i32, tilesTotal: i32, accumulate: bool, begin: i32, end: i32,
): void {
  const down = (C + MR - 1) / MR;
  const across = (N + NR - 1) / NR;
  const width = <usize>(across * NR) * 4;
  const rows = scratch + ROWS;
  const vTile = oddLines(<usize>C * 4);
  const vStep = oddLines(<usize>tilesTotal * vTile);
  const gStep = oddLines(<usize>across * <usize>tilesTotal * <usize>NR * 4);
  for (let t = begin; t < end; t++) {
    const point = t / down;
    for (let r: usize = 0; r < <usize>MR; r++) store<usize>(rows + r * 4, q + (<usize>t * <usize>MR + r) * width);
    const a = v + <usize>point * vStep + <usize>((t - point * down) * MR) * 4;
    // Equal parts: a short last one would spend its time on adding up.
    const parts = (tilesTotal + KC + 63) / (KC + 64);
    const part = (tilesTotal + parts - 1) / parts;
    for (let k = 0; k < tilesTotal; k += part) {
      const kc = min(part, tilesTotal - k);
      for (let j = 0; j < across; j++) {
        const b = g + <usize>point * gStep + (<usize>j * <usize>tilesTotal + <usize>k) * <usize>NR * 4;
        micro(kc, a + <usize>k * vTile, vTile, b, rows, <usize>(j * NR) * 4, accumulate || k > 0);
      }
    }
  }
}

/**
 * For the gradient of the kernel, slices [begin, end) of `slice` tiles: transforms `chunk` of them at a time in the
 * thread's own memory and sums their products into q[slice][6 panels][NR panels], as winogradGradientProducts does.
 */
export function winogradGradientSlices(
  x: usize, H: i32, W: i32, C: i32, padTop: i32, padLeft: i32, r: i32, dy: usize, OH: i32, OW: i32, N: i32,
  q: usize, tilesTotal: i32, slice: i32, chunk: i32, begin: i32, end: i32,
): void {
  const down = POINTS * ((C + MR - 1) / MR);
  const width = <usize>((N + NR - 1) / NR) * <usize>NR * 4;
  const size = <usize>down * <usize>MR * width;
  const v = scratch + BUFFER + <usize>GROUP * 288;
  const g = v + <usize>POINTS * oddLines(<usize>chunk * oddLines(<usize>C * 4)) + 64;
  for (let s = begin; s < end; s++) {
    const stop = min(tilesTotal, (s + 1) * slice);
    for (let first = s * slice; first < stop; first += chunk) {
      const count = min(chunk, stop - first);
      winogradGradientTiles(x, H, W, C, padTop, padLeft, r, dy, OH, OW, N, v, g, first, count, 0, count);
      winogradGradientProducts(v, g, q + <usize>s * size, C, N, count, first > s * slice, 0, down);
    }
  }
}

/** Rows [begin, end) of channels in of dw [r, r, C, N] from the products. */
export function winogradGradientKernel(
  q: usize, r: i32, C: i32, N: i32, dw: usize, begin: i32, end: i32,
): void {
  const width = <usize>((N + NR - 1) / NR) * <usize>NR * 4;
  const step = <usize>((C + MR - 1) / MR) * <usize>MR * width;
  const slots = scratch + SLOTS;
  for (let c = begin; c < end; c++) {
    for (let j: usize = 0; j < <usize>N * 4; j += 16) {
      transformA(r, q + <usize>c * width + j, step);
      for (let y = 0; y < r; y++) {
        for (let x = 0; x < r; x++) {
          const o = dw + (<usize>(y * r + x) * <usize>C + <usize>c) * <usize>N * 4 + j;
          v128.store(o, v128.load(slots + <usize>(y * 6 + x) * 16));
        }
      }
    }
  }
}
