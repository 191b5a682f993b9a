// exp, log, tanh, ... of four floats. Polynomials are near-minimax fits on the stated intervals; every
// function is exact at 0, +-inf and NaN, and its largest error is stated in units in the last place (ulp),
// with plain SIMD, over all finite inputs.
import { fma } from './micro';

// @ts-ignore: decorator
@inline
function splat(x: f32): v128 {
  return f32x4.splat(x);
}

// @ts-ignore: decorator
@inline
function bits(x: i32): v128 {
  return i32x4.splat(x);
}

const LOG2E: f32 = 1.44269504;
// ln 2 in two parts; the first has few bits, so that its product with an exponent is exact.
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440e-4;

/** x - n ln 2. */
// @ts-ignore: decorator
@inline
function reduceByLn2(x: v128, n: v128): v128 {
  return fma(n, splat(-LN2_LOW), fma(n, splat(-LN2_HIGH), x));
}

/** 2^n for whole n in [-126, 127]. */
// @ts-ignore: decorator
@inline
function power2(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, bits(127)), 23);
}

/** e^x; 1 ulp, denormal results included. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  // Beyond these the result is 0 or infinite anyway; min and max keep NaN.
  const z = f32x4.min(f32x4.max(x, splat(-104)), splat(89));
  const n = f32x4.nearest(f32x4.mul(z, splat(LOG2E)));
  const r = reduceByLn2(z, n);
  let q = fma(splat(0.000199193775), r, splat(0.00139472249));
  q = fma(q, r, splat(0.00833326299));
  q = fma(q, r, splat(0.0416662544));
  q = fma(q, r, splat(0.166666672));
  q = fma(q, r, splat(0.5));
  const p = f32x4.add(fma(f32x4.mul(r, r), q, r), splat(1));
  // 2^n in two factors, so that neither leaves the range of normal numbers.
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(p, power2(half)), power2(i32x4.sub(whole, half)));
}

/** e^x - 1; 2 ulp. */
// @ts-ignore: decorator
@inline
export function expm14(x: v128): v128 {
  const z = f32x4.min(f32x4.max(x, splat(-26)), splat(89));
  const n = f32x4.nearest(f32x4.mul(z, splat(LOG2E)));
  const r = reduceByLn2(z, n);
  let q = fma(splat(0.000199150309), r, splat(0.00139420596));
  q = fma(q, r, splat(0.00833327137));
  q = fma(q, r, splat(0.0416663401));
  q = fma(q, r, splat(0.166666672));
  q = fma(q, r, splat(0.5));
  const p = fma(f32x4.mul(r, r), q, r);
  // 2^n p + (2^n - 1), halved, because 2^128 is not a number.
  const scale = power2(i32x4.sub(i32x4.trunc_sat_f32x4_s(n), bits(1)));
  const y = fma(scale, p, f32x4.sub(scale, splat(0.5)));
  return v128.bitselect(p, f32x4.add(y, y), f32x4.eq(n, splat(0)));
}

/** ln x; 1 ulp. NaN below 0, -inf at 0. */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  // Denormal numbers are lifted by 2^23.
  const tiny = f32x4.lt(x, splat(1.17549435e-38));
  const lifted = v128.bitselect(f32x4.mul(x, splat(8388608)), x, tiny);
  // x = 2^n m with m in [sqrt(1/2), sqrt 2): the offset is the bit pattern of sqrt(1/2).
  const offset = i32x4.sub(lifted, bits(0x3f3504f3));
  let n = f32x4.convert_i32x4_s(i32x4.shr_s(offset, 23));
  n = f32x4.sub(n, v128.and(splat(23), tiny));
  const m = i32x4.add(v128.and(offset, bits(0x007fffff)), bits(0x3f3504f3));
  const f = f32x4.sub(m, splat(1));
  let p = fma(splat(0.0691516548), f, splat(-0.117897049));
  p = fma(p, f, splat(0.118730128));
  p = fma(p, f, splat(-0.123843685));
  p = fma(p, f, splat(0.142186552));
  p = fma(p, f, splat(-0.166692495));
  p = fma(p, f, splat(0.200022265));
  p = fma(p, f, splat(-0.249999866));
  p = fma(p, f, splat(0.333333105));
  const f2 = f32x4.mul(f, f);
  // Smallest terms first.
  let y = fma(f32x4.mul(f2, f), p, f32x4.mul(n, splat(LN2_LOW)));
  y = fma(f2, splat(-0.5), y);
  y = fma(n, splat(LN2_HIGH), f32x4.add(f, y));
  // Special values: inf and NaN stay, 0 gives -inf, below 0 is NaN.
  const finite = f32x4.lt(x, splat(Infinity));
  y = v128.bitselect(y, x, finite);
  y = v128.bitselect(splat(-Infinity), y, f32x4.eq(x, splat(0)));
  return v128.or(y, f32x4.lt(x, splat(0)));
}

/** ln(1 + x); 2 ulp. */
// @ts-ignore: decorator
@inline
export function log1p4(x: v128): v128 {
  const u = f32x4.add(x, splat(1));
  // What rounding 1 + x lost, brought back to first order.
  const lost = f32x4.div(f32x4.sub(x, f32x4.sub(u, splat(1))), u);
  const logU = log4(u);
  const regular = v128.and(f32x4.gt(u, splat(0)), f32x4.lt(u, splat(Infinity)));
  const signed = v128.bitselect(f32x4.add(logU, lost), logU, regular);
  return v128.bitselect(x, signed, f32x4.eq(x, splat(0)));
}

/** tanh x; 2 ulp. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const t = expm14(f32x4.mul(f32x4.abs(x), splat(-2)));
  const y = f32x4.div(f32x4.neg(t), f32x4.add(t, splat(2)));
  return v128.bitselect(x, y, bits(0x80000000));
}

/** 1 / (1 + e^-x); 3 ulp, also where the result is tiny. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  const numerator = v128.bitselect(e, splat(1), f32x4.lt(x, splat(0)));
  return f32x4.div(numerator, f32x4.add(e, splat(1)));
}

/** ln(1 + e^x); 3 ulp. */
// @ts-ignore: decorator
@inline
export function softplus4(x: v128): v128 {
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  return f32x4.add(f32x4.max(x, splat(0)), log1p4(e));
}

/** The error function; absolute error 1e-7, 2 ulp near 0. */
// @ts-ignore: decorator
@inline
export function erf4(x: v128): v128 {
  const t = f32x4.min(f32x4.abs(x), splat(4));
  const s = f32x4.mul(x, x);
  let p = fma(splat(8.34522507e-5), s, splat(-0.00081374374));
  p = fma(p, s, splat(0.00520063424));
  p = fma(p, s, splat(-0.0268592704));
  p = fma(p, s, splat(0.112836942));
  p = fma(p, s, splat(-0.376126349));
  p = fma(p, s, splat(0.128379166));
  const near = fma(x, p, x);
  // 1 - e^(-t g(t)) on [0.93, 4]; beyond 4 it is 1 in float32.
  let g = fma(splat(1.18854614e-5), t, splat(-0.000329309318));
  g = fma(g, t, splat(0.00366872479));
  g = fma(g, t, splat(-0.0238171965));
  g = fma(g, t, splat(0.106300369));
  g = fma(g, t, splat(0.635113239));
  g = fma(g, t, splat(1.12865782));
  const far = f32x4.sub(splat(1), exp4(f32x4.neg(f32x4.mul(t, g))));
  const signed = v128.bitselect(x, far, bits(0x80000000));
  return v128.bitselect(signed, near, f32x4.gt(f32x4.abs(x), splat(0.93)));
}
