// The 6x16 register block for engines that join pairs of 128-bit vectors into 256-bit ones: 12 wide accumulators.
// Elsewhere 24 vectors would not fit the registers; see micro.ts. Panels: A as [k][6], B as [k][16].
import { fma } from './fma';

/** As micro8, with 16 columns. */
export function micro16(kc: i32, a: usize, step: usize, b: usize, rows: usize, column: usize, accumulate: bool): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c02 = f32x4.splat(0), c03 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0), c12 = f32x4.splat(0), c13 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c22 = f32x4.splat(0), c23 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0), c32 = f32x4.splat(0), c33 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0), c42 = f32x4.splat(0), c43 = f32x4.splat(0);
  let c50 = f32x4.splat(0), c51 = f32x4.splat(0), c52 = f32x4.splat(0), c53 = f32x4.splat(0);
  for (let k = 0; k < kc; k++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(b, 32), b3 = v128.load(b, 48);
    let x: v128;
    x = v128.load32_splat(a);
    c00 = fma(x, b0, c00); c01 = fma(x, b1, c01); c02 = fma(x, b2, c02); c03 = fma(x, b3, c03);
    x = v128.load32_splat(a, 4);
    c10 = fma(x, b0, c10); c11 = fma(x, b1, c11); c12 = fma(x, b2, c12); c13 = fma(x, b3, c13);
    x = v128.load32_splat(a, 8);
    c20 = fma(x, b0, c20); c21 = fma(x, b1, c21); c22 = fma(x, b2, c22); c23 = fma(x, b3, c23);
    x = v128.load32_splat(a, 12);
    c30 = fma(x, b0, c30); c31 = fma(x, b1, c31); c32 = fma(x, b2, c32); c33 = fma(x, b3, c33);
    x = v128.load32_splat(a, 16);
    c40 = fma(x, b0, c40); c41 = fma(x, b1, c41); c42 = fma(x, b2, c42); c43 = fma(x, b3, c43);
    x = v128.load32_splat(a, 20);
    c50 = fma(x, b0, c50); c51 = fma(x, b1, c51); c52 = fma(x, b2, c52); c53 = fma(x, b3, c53);
    a += step;
    b += 64;
  }
  put(load<usize>(rows, 0) + column, c00, c01, c02, c03, accumulate);
  put(load<usize>(rows, 4) + column, c10, c11, c12, c13, accumulate);
  put(load<usize>(rows, 8) + column, c20, c21, c22, c23, accumulate);
  put(load<usize>(rows, 12) + column, c30, c31, c32, c33, accumulate);
  put(load<usize>(rows, 16) + column, c40, c41, c42, c43, accumulate);
  put(load<usize>(rows, 20) + column, c50, c51, c52, c53, accumulate);
}

// @ts-ignore: decorator
@inline
function put(address: usize, c0: v128, c1: v128, c2: v128, c3: v128, accumulate: bool): void {
  if (accumulate) {
    c0 = f32x4.add(v128.load(address), c0);
    c1 = f32x4.add(v128.load(address, 16), c1);
    c2 = f32x4.add(v128.load(address, 32), c2);
    c3 = f32x4.add(v128.load(address, 48), c3);
  }
  v128.store(address, c0);
  v128.store(address, c1, 16);
  v128.store(address, c2, 32);
  v128.store(address, c3, 48);
}

/** As micro16, with A as six rows `step` bytes apart instead of a panel. */
export function micro16Rows(kc: i32, a: usize, step: usize, b: usize, rows: usize, column: usize): void {
  let a1 = a + step, a2 = a1 + step, a3 = a2 + step, a4 = a3 + step, a5 = a4 + step;
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c02 = f32x4.splat(0), c03 = f32x4.splat(0);
  let c10 = f32x4.splat(0), c11 = f32x4.splat(0), c12 = f32x4.splat(0), c13 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c22 = f32x4.splat(0), c23 = f32x4.splat(0);
  let c30 = f32x4.splat(0), c31 = f32x4.splat(0), c32 = f32x4.splat(0), c33 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0), c42 = f32x4.splat(0), c43 = f32x4.splat(0);
  let c50 = f32x4.splat(0), c51 = f32x4.splat(0), c52 = f32x4.splat(0), c53 = f32x4.splat(0);
  for (let k = 0; k < kc; k++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(b, 32), b3 = v128.load(b, 48);
    let x: v128;
    x = v128.load32_splat(a);
    c00 = fma(x, b0, c00); c01 = fma(x, b1, c01); c02 = fma(x, b2, c02); c03 = fma(x, b3, c03);
    x = v128.load32_splat(a1);
    c10 = fma(x, b0, c10); c11 = fma(x, b1, c11); c12 = fma(x, b2, c12); c13 = fma(x, b3, c13);
    x = v128.load32_splat(a2);
    c20 = fma(x, b0, c20); c21 = fma(x, b1, c21); c22 = fma(x, b2, c22); c23 = fma(x, b3, c23);
    x = v128.load32_splat(a3);
    c30 = fma(x, b0, c30); c31 = fma(x, b1, c31); c32 = fma(x, b2, c32); c33 = fma(x, b3, c33);
    x = v128.load32_splat(a4);
    c40 = fma(x, b0, c40); c41 = fma(x, b1, c41); c42 = fma(x, b2, c42); c43 = fma(x, b3, c43);
    x = v128.load32_splat(a5);
    c50 = fma(x, b0, c50); c51 = fma(x, b1, c51); c52 = fma(x, b2, c52); c53 = fma(x, b3, c53);
    a += 4, a1 += 4, a2 += 4, a3 += 4, a4 += 4, a5 += 4;
    b += 64;
  }
  put(load<usize>(rows) + column, c00, c01, c02, c03, false);
  put(load<usize>(rows, 4) + column, c10, c11, c12, c13, false);
  put(load<usize>(rows, 8) + column, c20, c21, c22, c23, false);
  put(load<usize>(rows, 12) + column, c30, c31, c32, c33, false);
  put(load<usize>(rows, 16) + column, c40, c41, c42, c43, false);
  put(load<usize>(rows, 20) + column, c50, c51, c52, c53, false);
}
