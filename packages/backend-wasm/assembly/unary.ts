// out[i] = f(x[i]) for i in [begin, end), 4-byte elements in and out. An element's result does not depend on
// its place in a vector, so that ranges may be cut anywhere. `a` and `b` are parameters of the function. Where the
// engine joins neighbouring vectors, they are offered side by side.
import { erf4, exp4, expm14, log1p4, log4, sigmoid4, softplus4, tanh4 } from './vectorMath';

// @ts-ignore: decorator
@inline
function map<Op>(x: usize, out: usize, a: v128, b: v128, begin: i32, end: i32): void {
  const op = changetype<Op>(0);
  let p = x + ((<usize>begin) << 2);
  let q = out + ((<usize>begin) << 2);
  const stop = x + ((<usize>end) << 2);
  if (WIDE) {
    for (; p + 32 <= stop; p += 32, q += 32) {
      const low = op.apply(v128.load(p), a, b);
      const high = op.apply(v128.load(p, 16), a, b);
      v128.store(q, low);
      v128.store(q, high, 16);
    }
  }
  for (; p + 16 <= stop; p += 16, q += 16) v128.store(q, op.apply(v128.load(p), a, b));
  for (; p < stop; p += 4, q += 4) v128.store_lane<i32>(q, op.apply(v128.load32_zero(p), a, b), 0);
}

// ---- float32 ---------------------------------------------------------------------------------------------

@unmanaged class AbsF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return f32x4.abs(x);
  }
}
export function absF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<AbsF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class NegF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return f32x4.neg(x);
  }
}
export function negF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<NegF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class SqrtF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return f32x4.sqrt(x);
  }
}
export function sqrtF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<SqrtF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

/** Correctly rounded root and quotient. */
@unmanaged class RsqrtF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return f32x4.div(f32x4.splat(1), f32x4.sqrt(x));
  }
}
export function rsqrtF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<RsqrtF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class SquareF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return f32x4.mul(x, x);
  }
}
export function squareF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<SquareF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class ReciprocalF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return f32x4.div(f32x4.splat(1), x);
  }
}
export function reciprocalF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<ReciprocalF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class FloorF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return f32x4.floor(x);
  }
}
export function floorF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<FloorF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class CeilF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return f32x4.ceil(x);
  }
}
export function ceilF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<CeilF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

/** Halves go to the even neighbour. */
@unmanaged class RoundF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return f32x4.nearest(x);
  }
}
export function roundF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<RoundF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

/** -1, 0 or 1; NaN gives 0. */
@unmanaged class SignF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return v128.or(v128.and(f32x4.splat(1), f32x4.gt(x, f32x4.splat(0))), v128.and(f32x4.splat(-1), f32x4.lt(x, f32x4.splat(0))));
  }
}
export function signF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<SignF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class ReluF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return f32x4.pmax(x, f32x4.splat(0));
  }
}
export function reluF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<ReluF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class Relu6F32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return f32x4.pmin(f32x4.pmax(x, f32x4.splat(0)), f32x4.splat(6));
  }
}
export function relu6F32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<Relu6F32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

/** a: slope below 0. */
@unmanaged class LeakyReluF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return v128.bitselect(f32x4.mul(x, a), x, f32x4.lt(x, f32x4.splat(0)));
  }
}
export function leakyReluF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<LeakyReluF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

/** a: value at and below 0; NaN stays. */
@unmanaged class StepF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return v128.bitselect(x, v128.bitselect(f32x4.splat(1), a, f32x4.gt(x, f32x4.splat(0))), f32x4.ne(x, x));
  }
}
export function stepF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<StepF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

/** a: lower bound, b: upper bound; NaN stays. */
@unmanaged class ClipByValueF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return f32x4.pmin(f32x4.pmax(x, a), b);
  }
}
export function clipByValueF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<ClipByValueF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

/** a: divisor. */
@unmanaged class OverF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return f32x4.div(x, a);
  }
}
export function overF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<OverF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class ExpF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return exp4(x);
  }
}
export function expF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<ExpF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class Expm1F32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return expm14(x);
  }
}
export function expm1F32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<Expm1F32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class LogF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return log4(x);
  }
}
export function logF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<LogF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class Log1pF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return log1p4(x);
  }
}
export function log1pF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<Log1pF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class TanhF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return tanh4(x);
  }
}
export function tanhF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<TanhF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class SigmoidF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return sigmoid4(x);
  }
}
export function sigmoidF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<SigmoidF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class SoftplusF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return softplus4(x);
  }
}
export function softplusF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<SoftplusF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class ErfF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return erf4(x);
  }
}
export function erfF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<ErfF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class EluF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return v128.bitselect(expm14(x), x, f32x4.lt(x, f32x4.splat(0)));
  }
}
export function eluF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<EluF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

/** a: scale, b: scale times alpha. */
@unmanaged class SeluF32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return v128.bitselect(f32x4.mul(b, expm14(x)), f32x4.mul(a, x), f32x4.lt(x, f32x4.splat(0)));
  }
}
export function seluF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<SeluF32>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

/** Towards 0; out of range gives the nearest int32, NaN gives 0. */
@unmanaged class FloatToInt {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return i32x4.trunc_sat_f32x4_s(x);
  }
}
export function floatToInt(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<FloatToInt>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

@unmanaged class IntToFloat {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return f32x4.convert_i32x4_s(x);
  }
}
export function intToFloat(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<IntToFloat>(x, out, f32x4.splat(a), f32x4.splat(b), begin, end);
}

// ---- int32 -----------------------------------------------------------------------------------------------

@unmanaged class AbsI32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return i32x4.abs(x);
  }
}
export function absI32(x: usize, out: usize, a: i32, b: i32, begin: i32, end: i32): void {
  map<AbsI32>(x, out, i32x4.splat(a), i32x4.splat(b), begin, end);
}

@unmanaged class NegI32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return i32x4.neg(x);
  }
}
export function negI32(x: usize, out: usize, a: i32, b: i32, begin: i32, end: i32): void {
  map<NegI32>(x, out, i32x4.splat(a), i32x4.splat(b), begin, end);
}

@unmanaged class SquareI32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return i32x4.mul(x, x);
  }
}
export function squareI32(x: usize, out: usize, a: i32, b: i32, begin: i32, end: i32): void {
  map<SquareI32>(x, out, i32x4.splat(a), i32x4.splat(b), begin, end);
}

@unmanaged class SignI32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return i32x4.sub(i32x4.lt_s(x, i32x4.splat(0)), i32x4.gt_s(x, i32x4.splat(0)));
  }
}
export function signI32(x: usize, out: usize, a: i32, b: i32, begin: i32, end: i32): void {
  map<SignI32>(x, out, i32x4.splat(a), i32x4.splat(b), begin, end);
}

@unmanaged class ReluI32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return i32x4.max_s(x, i32x4.splat(0));
  }
}
export function reluI32(x: usize, out: usize, a: i32, b: i32, begin: i32, end: i32): void {
  map<ReluI32>(x, out, i32x4.splat(a), i32x4.splat(b), begin, end);
}

@unmanaged class ClipByValueI32 {
  @inline apply(x: v128, a: v128, b: v128): v128 {
    return i32x4.min_s(i32x4.max_s(x, a), b);
  }
}
export function clipByValueI32(x: usize, out: usize, a: i32, b: i32, begin: i32, end: i32): void {
  map<ClipByValueI32>(x, out, i32x4.splat(a), i32x4.splat(b), begin, end);
}
