// exp, log, tanh, ... of four floats. Polynomials are near-minimax fits on the stated intervals; every
// function is exact at 0, +-inf and NaN, and its largest error is stated in units in the last place (ulp),
// with plain SIMD, over all finite inputs.
import { fma } from './fma';

/**
 * The constants, in memory: an engine builds a vector constant from scratch wherever it is used, several
 * instructions each time, but broadcasts a number from memory in one.
 */
const TABLE: usize = memory.data<f32>([
  // 0: reduction by ln 2, which is in two parts; the first has few bits, so that its product with an exponent
  // is exact. Adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits.
  1.44269504, 12582912, -0.693359375, 2.12194440e-4,
  // 4: limits of exp, beyond which the result is 0 or infinite anyway, and of expm1
  -104, 89, -26, 89,
  // 8: (e^r - 1 - r) / r^2 on |r| <= ln(2) / 2, for exp
  0.000199193775, 0.00139472249, 0.00833326299, 0.0416662544, 0.166666672, 0.5,
  // 14: the same, for expm1
  0.000199150309, 0.00139420596, 0.00833327137, 0.0416663401, 0.166666672, 0.5,
  // 20: (ln(1 + f) - f + f^2 / 2) / f^3 on [sqrt(1/2) - 1, sqrt(2) - 1]
  0.0691516548, -0.117897049, 0.118730128, -0.123843685, 0.142186552, -0.166692495, 0.200022265,
  -0.249999866, 0.333333105,
  // 29: log
  1.17549435e-38, 8388608, 23, -2.12194440e-4, 0.693359375, Infinity, -Infinity, -0.5,
  // 37: erf(x) / x - 1 in x^2, |x| <= 0.93
  8.34522507e-5, -0.00081374374, 0.00520063424, -0.0268592704, 0.112836942, -0.376126349, 0.128379166,
  // 44: -ln(erfc(t)) / t on [0.93, 4]
  1.18854614e-5, -0.000329309318, 0.00366872479, -0.0238171965, 0.106300369, 0.635113239, 1.12865782,
  // 51
  1, 2, -2, 4, 0.93,
]);

/** Constant number `index`. */
// @ts-ignore: decorator
@inline
function constant(index: usize): v128 {
  return v128.load32_splat(TABLE + index * 4);
}

// @ts-ignore: decorator
@inline
function bits(x: i32): v128 {
  return i32x4.splat(x);
}

const ONE: usize = 51;
const TWO: usize = 52;
const MINUS_TWO: usize = 53;
const FOUR: usize = 54;
const ERF_BORDER: usize = 55;

/** 2^n for whole n in [-126, 127]. */
// @ts-ignore: decorator
@inline
function power2(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, bits(127)), 23);
}

/** Terms `first` to `first + 5` of the table as a polynomial of degree 5 in r. */
// @ts-ignore: decorator
@inline
function polynomial5(first: usize, r: v128): v128 {
  let q = fma(constant(first), r, constant(first + 1));
  q = fma(q, r, constant(first + 2));
  q = fma(q, r, constant(first + 3));
  q = fma(q, r, constant(first + 4));
  return fma(q, r, constant(first + 5));
}

/** e^x; 1 ulp, denormal results included. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  // pmin and pmax keep NaN.
  const z = f32x4.pmin(f32x4.pmax(x, constant(4)), constant(5));
  const shifted = fma(z, constant(0), constant(1));
  const n = f32x4.sub(shifted, constant(1));
  const r = fma(n, constant(3), fma(n, constant(2), z));
  const p = f32x4.add(fma(f32x4.mul(r, r), polynomial5(8, r), r), constant(ONE));
  // 2^n in two factors, so that neither leaves the range of normal numbers.
  const whole = i32x4.sub(shifted, constant(1));
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(p, power2(half)), power2(i32x4.sub(whole, half)));
}

/** e^x - 1; 2 ulp. */
// @ts-ignore: decorator
@inline
export function expm14(x: v128): v128 {
  const z = f32x4.pmin(f32x4.pmax(x, constant(6)), constant(7));
  const shifted = fma(z, constant(0), constant(1));
  const n = f32x4.sub(shifted, constant(1));
  const r = fma(n, constant(3), fma(n, constant(2), z));
  const p = fma(f32x4.mul(r, r), polynomial5(14, r), r);
  // 2^n p + (2^n - 1), halved, because 2^128 is not a number.
  const whole = i32x4.sub(shifted, constant(1));
  const scale = power2(i32x4.sub(whole, bits(1)));
  const y = fma(scale, p, f32x4.add(scale, constant(36)));
  return v128.bitselect(p, f32x4.add(y, y), i32x4.eq(whole, bits(0)));
}

/** ln x; 1 ulp. NaN below 0, -inf at 0. */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  // Denormal numbers are lifted by 2^23.
  const tiny = f32x4.lt(x, constant(29));
  const lifted = v128.bitselect(f32x4.mul(x, constant(30)), x, tiny);
  // x = 2^n m with m in [sqrt(1/2), sqrt 2): the offset is the bit pattern of sqrt(1/2).
  const offset = i32x4.sub(lifted, bits(0x3f3504f3));
  let n = f32x4.convert_i32x4_s(i32x4.shr_s(offset, 23));
  n = f32x4.sub(n, v128.and(constant(31), tiny));
  const m = i32x4.add(v128.and(offset, bits(0x007fffff)), bits(0x3f3504f3));
  const f = f32x4.sub(m, constant(ONE));
  let p = polynomial5(20, f);
  p = fma(p, f, constant(26));
  p = fma(p, f, constant(27));
  p = fma(p, f, constant(28));
  const f2 = f32x4.mul(f, f);
  // Smallest terms first.
  let y = fma(f32x4.mul(f2, f), p, f32x4.mul(n, constant(32)));
  y = fma(f2, constant(36), y);
  y = fma(n, constant(33), f32x4.add(f, y));
  // Special values: inf and NaN stay, 0 gives -inf, below 0 is NaN.
  y = v128.bitselect(y, x, f32x4.lt(x, constant(34)));
  y = v128.bitselect(constant(35), y, f32x4.eq(x, bits(0)));
  return v128.or(y, f32x4.lt(x, bits(0)));
}

/** ln(1 + x); 2 ulp. */
// @ts-ignore: decorator
@inline
export function log1p4(x: v128): v128 {
  const u = f32x4.add(x, constant(ONE));
  // What rounding 1 + x lost, brought back to first order.
  const lost = f32x4.div(f32x4.sub(x, f32x4.sub(u, constant(ONE))), u);
  const y = log4(u);
  const regular = v128.and(f32x4.gt(u, bits(0)), f32x4.lt(u, constant(34)));
  const signed = v128.bitselect(f32x4.add(y, lost), y, regular);
  return v128.bitselect(x, signed, f32x4.eq(x, bits(0)));
}

/** tanh x; 2 ulp. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const t = expm14(f32x4.mul(f32x4.abs(x), constant(MINUS_TWO)));
  const y = f32x4.div(t, f32x4.add(t, constant(TWO)));
  return v128.bitselect(x, y, bits(0x80000000));
}

/** 1 / (1 + e^-x); 3 ulp, also where the result is tiny. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const e = exp4(v128.or(x, bits(0x80000000)));
  const numerator = v128.bitselect(e, constant(ONE), f32x4.lt(x, bits(0)));
  return f32x4.div(numerator, f32x4.add(e, constant(ONE)));
}

/** ln(1 + e^x); 3 ulp. */
// @ts-ignore: decorator
@inline
export function softplus4(x: v128): v128 {
  const e = exp4(v128.or(x, bits(0x80000000)));
  return f32x4.add(f32x4.pmax(x, bits(0)), log1p4(e));
}

/** The error function; absolute error 1e-7, 2 ulp near 0. */
// @ts-ignore: decorator
@inline
export function erf4(x: v128): v128 {
  const t = f32x4.pmin(f32x4.abs(x), constant(FOUR));
  const s = f32x4.mul(x, x);
  const near = fma(x, fma(polynomial5(37, s), s, constant(43)), x);
  // 1 - e^(-t g(t)) on [0.93, 4]; beyond 4 it is 1 in float32.
  const g = fma(polynomial5(44, t), t, constant(50));
  const far = f32x4.sub(constant(ONE), exp4(f32x4.neg(f32x4.mul(t, g))));
  const signed = v128.bitselect(x, far, bits(0x80000000));
  return v128.bitselect(signed, near, f32x4.gt(f32x4.abs(x), constant(ERF_BORDER)));
}
