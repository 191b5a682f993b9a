// out[i] = f(a[i], b[i]) for i in [begin, end) of the result, 4-byte elements. Operands are broadcast by
// their plans (see broadcast.ts).
import { blockLength, operandBlock, prepareOperand } from './broadcast';
import { pack16 } from './bool';

// @ts-ignore: decorator
@inline
function map<Op>(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  const op = changetype<Op>(0);
  prepareOperand(a, planA, 0);
  prepareOperand(b, planB, 1);
  for (let start = begin; start < end; ) {
    const length = blockLength(planA, planB, start, end);
    let p = operandBlock(a, planA, 0, start, length);
    let q = operandBlock(b, planB, 1, start, length);
    let r = out + ((<usize>start) << 2);
    const stop = r + ((<usize>length) << 2);
    for (; r + 16 <= stop; p += 16, q += 16, r += 16) v128.store(r, op.apply(v128.load(p), v128.load(q)));
    for (; r < stop; p += 4, q += 4, r += 4) {
      v128.store_lane<i32>(r, op.apply(v128.load32_zero(p), v128.load32_zero(q)), 0);
    }
    start += length;
  }
}

/** The same for conditions: 1-byte results. */
// @ts-ignore: decorator
@inline
function test<Op>(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  const op = changetype<Op>(0);
  prepareOperand(a, planA, 0);
  prepareOperand(b, planB, 1);
  for (let start = begin; start < end; ) {
    const length = blockLength(planA, planB, start, end);
    let p = operandBlock(a, planA, 0, start, length);
    let q = operandBlock(b, planB, 1, start, length);
    let r = out + <usize>start;
    const stop = r + <usize>length;
    for (; r + 16 <= stop; p += 64, q += 64, r += 16) {
      v128.store(
        r,
        pack16(
          op.apply(v128.load(p), v128.load(q)),
          op.apply(v128.load(p, 16), v128.load(q, 16)),
          op.apply(v128.load(p, 32), v128.load(q, 32)),
          op.apply(v128.load(p, 48), v128.load(q, 48)),
        ),
      );
    }
    for (; r < stop; p += 4, q += 4, r += 1) {
      store<u8>(r, <u8>(i32x4.extract_lane(op.apply(v128.load32_zero(p), v128.load32_zero(q)), 0) & 1));
    }
    start += length;
  }
}

/** The same, one element at a time. */
// @ts-ignore: decorator
@inline
function mapScalar<Op, T>(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  const op = changetype<Op>(0);
  prepareOperand(a, planA, 0);
  prepareOperand(b, planB, 1);
  for (let start = begin; start < end; ) {
    const length = blockLength(planA, planB, start, end);
    let p = operandBlock(a, planA, 0, start, length);
    let q = operandBlock(b, planB, 1, start, length);
    let r = out + ((<usize>start) << 2);
    const stop = r + ((<usize>length) << 2);
    for (; r < stop; p += 4, q += 4, r += 4) store<T>(r, op.apply(load<T>(p), load<T>(q)));
    start += length;
  }
}

// ---- float32 ------------------------------------------------------------------------------------------------

@unmanaged class AddF32 {
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.add(x, y);
  }
}
export function addF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  map<AddF32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class SubF32 {
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.sub(x, y);
  }
}
export function subF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  map<SubF32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class MultiplyF32 {
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.mul(x, y);
  }
}
export function multiplyF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  map<MultiplyF32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class RealDivF32 {
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.div(x, y);
  }
}
export function realDivF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  map<RealDivF32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class MaximumF32 {
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.max(x, y);
  }
}
export function maximumF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  map<MaximumF32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class MinimumF32 {
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.min(x, y);
  }
}
export function minimumF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  map<MinimumF32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class SquaredDifferenceF32 {
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.mul(f32x4.sub(x, y), f32x4.sub(x, y));
  }
}
export function squaredDifferenceF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  map<SquaredDifferenceF32>(a, planA, b, planB, out, begin, end);
}

/** y: slope below 0. */
@unmanaged class PreluF32 {
  @inline apply(x: v128, y: v128): v128 {
    return v128.bitselect(f32x4.mul(x, y), x, f32x4.lt(x, f32x4.splat(0)));
  }
}
export function preluF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  map<PreluF32>(a, planA, b, planB, out, begin, end);
}

/** x: gradient of the output, y: the output. */
@unmanaged class EluGradF32 {
  @inline apply(x: v128, y: v128): v128 {
    return v128.bitselect(x, f32x4.mul(x, f32x4.add(y, f32x4.splat(1))), f32x4.ge(y, f32x4.splat(0)));
  }
}
export function eluGradF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  map<EluGradF32>(a, planA, b, planB, out, begin, end);
}

// ---- int32 --------------------------------------------------------------------------------------------------

@unmanaged class AddI32 {
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.add(x, y);
  }
}
export function addI32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  map<AddI32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class SubI32 {
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.sub(x, y);
  }
}
export function subI32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  map<SubI32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class MultiplyI32 {
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.mul(x, y);
  }
}
export function multiplyI32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  map<MultiplyI32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class MaximumI32 {
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.max_s(x, y);
  }
}
export function maximumI32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  map<MaximumI32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class MinimumI32 {
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.min_s(x, y);
  }
}
export function minimumI32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  map<MinimumI32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class SquaredDifferenceI32 {
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.mul(i32x4.sub(x, y), i32x4.sub(x, y));
  }
}
export function squaredDifferenceI32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  map<SquaredDifferenceI32>(a, planA, b, planB, out, begin, end);
}

// ---- comparisons --------------------------------------------------------------------------------------------

@unmanaged class EqualF32 {
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.eq(x, y);
  }
}
export function equalF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  test<EqualF32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class NotEqualF32 {
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.ne(x, y);
  }
}
export function notEqualF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  test<NotEqualF32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class LessF32 {
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.lt(x, y);
  }
}
export function lessF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  test<LessF32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class LessEqualF32 {
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.le(x, y);
  }
}
export function lessEqualF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  test<LessEqualF32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class GreaterF32 {
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.gt(x, y);
  }
}
export function greaterF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  test<GreaterF32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class GreaterEqualF32 {
  @inline apply(x: v128, y: v128): v128 {
    return f32x4.ge(x, y);
  }
}
export function greaterEqualF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  test<GreaterEqualF32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class EqualI32 {
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.eq(x, y);
  }
}
export function equalI32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  test<EqualI32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class NotEqualI32 {
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.ne(x, y);
  }
}
export function notEqualI32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  test<NotEqualI32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class LessI32 {
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.lt_s(x, y);
  }
}
export function lessI32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  test<LessI32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class LessEqualI32 {
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.le_s(x, y);
  }
}
export function lessEqualI32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  test<LessEqualI32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class GreaterI32 {
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.gt_s(x, y);
  }
}
export function greaterI32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  test<GreaterI32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class GreaterEqualI32 {
  @inline apply(x: v128, y: v128): v128 {
    return i32x4.ge_s(x, y);
  }
}
export function greaterEqualI32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  test<GreaterEqualI32>(a, planA, b, planB, out, begin, end);
}

// ---- one element at a time ----------------------------------------------------------------------------------

@unmanaged class PowF32 {
  @inline apply(x: f32, y: f32): f32 {
    return Mathf.pow(x, y);
  }
}
export function powF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  mapScalar<PowF32, f32>(a, planA, b, planB, out, begin, end);
}

@unmanaged class Atan2F32 {
  @inline apply(x: f32, y: f32): f32 {
    return Mathf.atan2(x, y);
  }
}
export function atan2F32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  mapScalar<Atan2F32, f32>(a, planA, b, planB, out, begin, end);
}

/** The result has the sign of the divisor. */
@unmanaged class ModF32 {
  @inline apply(x: f32, y: f32): f32 {
    const rest = x % y;
    return (x < 0) == (y < 0) ? rest : (rest + y) % y;
  }
}
export function modF32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  mapScalar<ModF32, f32>(a, planA, b, planB, out, begin, end);
}

/** The result has the sign of the divisor; 0 for divisor 0. */
@unmanaged class ModI32 {
  @inline apply(x: i32, y: i32): i32 {
    if (y == 0) return 0;
    const rest = y == -1 ? 0 : x % y;
    return (x < 0) == (y < 0) ? rest : (rest + y) % y;
  }
}
export function modI32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  mapScalar<ModI32, i32>(a, planA, b, planB, out, begin, end);
}

/** 0 for divisor 0. */
@unmanaged class FloorDivI32 {
  @inline apply(x: i32, y: i32): i32 {
    return y == 0 ? 0 : <i32>Math.floor(<f64>x / <f64>y);
  }
}
export function floorDivI32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  mapScalar<FloorDivI32, i32>(a, planA, b, planB, out, begin, end);
}

/** Modulo 2^32; fractions go to 0. */
@unmanaged class PowI32 {
  @inline apply(x: i32, y: i32): i32 {
    if (y < 0) return x == 1 ? 1 : x == -1 ? 1 - 2 * (y & 1) : 0;
    let power = 1;
    for (let factor = x; y != 0; y >>= 1, factor *= factor) {
      if (y & 1) power *= factor;
    }
    return power;
  }
}
export function powI32(a: usize, planA: usize, b: usize, planB: usize, out: usize, begin: i32, end: i32): void {
  mapScalar<PowI32, i32>(a, planA, b, planB, out, begin, end);
}
