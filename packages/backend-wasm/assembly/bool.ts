// Kernels that read or write bool elements: 1 byte each, 0 or 1.
import { at } from './address';

/** Four 32-bit masks a group as sixteen bytes of 0 or 1. */
// @ts-ignore: decorator
@inline
export function pack16(m0: v128, m1: v128, m2: v128, m3: v128): v128 {
  const bytes = i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(m0, m1), i16x8.narrow_i32x4_s(m2, m3));
  return v128.and(bytes, i8x16.splat(1));
}

/** The four bytes at `address`, widened to 32 bits. */
// @ts-ignore: decorator
@inline
export function widen4(address: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(address)));
}

export function boolToInt(x: usize, out: usize, begin: i32, end: i32): void {
  let i = begin;
  for (; i + 4 <= end; i += 4) v128.store(at(out, i), widen4(x + <usize>i));
  for (; i < end; i++) store<i32>(at(out, i), <i32>load<u8>(x + <usize>i));
}

export function boolToFloat(x: usize, out: usize, begin: i32, end: i32): void {
  let i = begin;
  for (; i + 4 <= end; i += 4) v128.store(at(out, i), f32x4.convert_i32x4_s(widen4(x + <usize>i)));
  for (; i < end; i++) store<f32>(at(out, i), <f32>load<u8>(x + <usize>i));
}

export function logicalNot8(x: usize, out: usize, begin: i32, end: i32): void {
  let i = begin;
  for (; i + 16 <= end; i += 16) {
    const zero = i8x16.eq(v128.load(x + <usize>i), i8x16.splat(0));
    v128.store(out + <usize>i, v128.and(zero, i8x16.splat(1)));
  }
  for (; i < end; i++) store<u8>(out + <usize>i, <u8>(load<u8>(x + <usize>i) == 0));
}

/** out = condition ? t : e, for 4-byte elements. */
export function select32(condition: usize, t: usize, e: usize, out: usize, begin: i32, end: i32): void {
  let i = begin;
  for (; i + 4 <= end; i += 4) {
    const no = i32x4.eq(widen4(condition + <usize>i), i32x4.splat(0));
    v128.store(at(out, i), v128.bitselect(v128.load(at(e, i)), v128.load(at(t, i)), no));
  }
  for (; i < end; i++) {
    const from = load<u8>(condition + <usize>i) != 0 ? t : e;
    store<i32>(at(out, i), load<i32>(at(from, i)));
  }
}

/** out = condition ? t : e, for 1-byte elements. */
export function select8(condition: usize, t: usize, e: usize, out: usize, begin: i32, end: i32): void {
  for (let i = <usize>begin; i < <usize>end; i++) {
    store<u8>(out + i, load<u8>(condition + i) != 0 ? load<u8>(t + i) : load<u8>(e + i));
  }
}
