// The 6x8 register block for 128-bit registers: 12 accumulators, 2 vectors of B and 1 broadcast of A fill the
// 16 vector registers of x86-64. Panels: A as [k][6], B as [k][8].
import { fma } from './fma';

// @ts-ignore: decorator
@inline
function put(address: usize, low: v128, high: v128, accumulate: bool): void {
  if (accumulate) {
    v128.store(address, f32x4.add(v128.load(address), low));
    v128.store(address, f32x4.add(v128.load(address, 16), high), 16);
  } else {
    v128.store(address, low);
    v128.store(address, high, 16);
  }
}

/**
 * C[r][0..8) (+)= sum over k of a[k][r] * b[k][0..8), r in 0..6. a[k] is `step` bytes after a[k - 1]. `rows` is a table of the six row addresses,
 * `column` a byte offset added to each.
 */
export function micro8(kc: i32, a: usize, step: usize, b: usize, rows: usize, column: usize, accumulate: bool): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0);
  let c50 = f32x4.splat(0), c51 = f32x4.splat(0);
  let k = kc;
  for (; k >= 2; k -= 2) {
    let b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = fma(x, b0, c00); c01 = fma(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = fma(x, b0, c10); c11 = fma(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = fma(x, b0, c20); c21 = fma(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = fma(x, b0, c30); c31 = fma(x, b1, c31);
    x = v128.load32_splat(a, 16);
    c40 = fma(x, b0, c40); c41 = fma(x, b1, c41);
    x = v128.load32_splat(a, 20);
    c50 = fma(x, b0, c50); c51 = fma(x, b1, c51);
    a += step;
    b0 = v128.load(b, 32); b1 = v128.load(b, 48);
    x = v128.load32_splat(a);
    c00 = fma(x, b0, c00); c01 = fma(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = fma(x, b0, c10); c11 = fma(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = fma(x, b0, c20); c21 = fma(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = fma(x, b0, c30); c31 = fma(x, b1, c31);
    x = v128.load32_splat(a, 16);
    c40 = fma(x, b0, c40); c41 = fma(x, b1, c41);
    x = v128.load32_splat(a, 20);
    c50 = fma(x, b0, c50); c51 = fma(x, b1, c51);
    a += step;
    b += 64;
  }
  if (k > 0) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = fma(x, b0, c00); c01 = fma(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = fma(x, b0, c10); c11 = fma(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = fma(x, b0, c20); c21 = fma(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = fma(x, b0, c30); c31 = fma(x, b1, c31);
    x = v128.load32_splat(a, 16);
    c40 = fma(x, b0, c40); c41 = fma(x, b1, c41);
    x = v128.load32_splat(a, 20);
    c50 = fma(x, b0, c50); c51 = fma(x, b1, c51);
  }
  put(load<usize>(rows) + column, c00, c01, accumulate);
  put(load<usize>(rows, 4) + column, c10, c11, accumulate);
  put(load<usize>(rows, 8) + column, c20, c21, accumulate);
  put(load<usize>(rows, 12) + column, c30, c31, accumulate);
  put(load<usize>(rows, 16) + column, c40, c41, accumulate);
  put(load<usize>(rows, 20) + column, c50, c51, accumulate);
}

/** As micro8, with A as six rows `step` bytes apart instead of a panel. */
export function micro8Rows(kc: i32, a: usize, step: usize, b: usize, rows: usize, column: usize): void {
  let a1 = a + step, a2 = a1 + step, a3 = a2 + step, a4 = a3 + step, a5 = a4 + step;
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0);
  let c50 = f32x4.splat(0), c51 = f32x4.splat(0);
  for (let k = 0; k < kc; k++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x: v128;
    x = v128.load32_splat(a);
    c00 = fma(x, b0, c00); c01 = fma(x, b1, c01);
    x = v128.load32_splat(a1);
    c10 = fma(x, b0, c10); c11 = fma(x, b1, c11);
    x = v128.load32_splat(a2);
    c20 = fma(x, b0, c20); c21 = fma(x, b1, c21);
    x = v128.load32_splat(a3);
    c30 = fma(x, b0, c30); c31 = fma(x, b1, c31);
    x = v128.load32_splat(a4);
    c40 = fma(x, b0, c40); c41 = fma(x, b1, c41);
    x = v128.load32_splat(a5);
    c50 = fma(x, b0, c50); c51 = fma(x, b1, c51);
    a += 4, a1 += 4, a2 += 4, a3 += 4, a4 += 4, a5 += 4;
    b += 32;
  }
  put(load<usize>(rows) + column, c00, c01, false);
  put(load<usize>(rows, 4) + column, c10, c11, false);
  put(load<usize>(rows, 8) + column, c20, c21, false);
  put(load<usize>(rows, 12) + column, c30, c31, false);
  put(load<usize>(rows, 16) + column, c40, c41, false);
  put(load<usize>(rows, 20) + column, c50, c51, false);
}
