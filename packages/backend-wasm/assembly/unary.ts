// out[i] = f(x[i]) for i in [begin, end), 4-byte elements in and out. An element's result does not depend on
// its place in a vector, so that ranges may be cut anywhere. `a` and `b` are parameters of the function.
import { erf4, exp4, expm14, log14, log1p4, log4, sigmoid4, softplus4, tanh4 } from './vectorMath';

// @ts-ignore: decorator
@inline
function map<Op>(x: usize, out: usize, a: v128, b: v128, begin: i32, end: i32): void {
  const op = changetype<Op>(0);
  let p = x + ((<usize>begin) << 2);
  let q = out + ((<usize>begin) << 2);
  const stop = x + ((<usize>end) << 2);
  for (; p + 32 <= stop; p += 32, q += 32) {
    const y0 = op.apply(v128.load(p), a, b);
    const y1 = op.apply(v128.load(p, 16), a, b);
    v128.store(q, y0);
    v128.store(q, y1, 16);
  }
  for (; p < stop; p += 4, q += 4) {
    v128.store_lane<i32>(q, op.apply(v128.load32_zero(p), a, b), 0);
  }
}
