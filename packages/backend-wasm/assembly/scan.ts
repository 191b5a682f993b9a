// Running sums and products along the middle dimension of [outer, rows, inner].
import { at } from './address';

// @ts-ignore: decorator
@inline
function scan<Op, T>(
  x: usize, out: usize, rows: i32, inner: i32, exclusive: i32, reverse: i32, begin: i32, end: i32,
): void {
  const op = changetype<Op>(0);
  const step = <usize>(reverse ? -inner * 4 : inner * 4);
  for (let u = begin; u < end; u++) {
    const outer = u / inner;
    const first = (outer * rows + (reverse ? rows - 1 : 0)) * inner + (u - outer * inner);
    let p = at(x, first);
    let q = at(out, first);
    let total = op.start();
    for (let r = 0; r < rows; r++, p += step, q += step) {
      const value = load<T>(p);
      if (exclusive) store<T>(q, total);
      total = op.apply(total, value);
      if (!exclusive) store<T>(q, total);
    }
  }
}

@unmanaged class SumF32 {
  @inline start(): f32 {
    return 0;
  }
  @inline apply(x: f32, y: f32): f32 {
    return x + y;
  }
}
export function cumsumF32(
  x: usize, out: usize, rows: i32, inner: i32, exclusive: i32, reverse: i32, begin: i32, end: i32,
): void {
  scan<SumF32, f32>(x, out, rows, inner, exclusive, reverse, begin, end);
}

@unmanaged class SumI32 {
  @inline start(): i32 {
    return 0;
  }
  @inline apply(x: i32, y: i32): i32 {
    return x + y;
  }
}
export function cumsumI32(
  x: usize, out: usize, rows: i32, inner: i32, exclusive: i32, reverse: i32, begin: i32, end: i32,
): void {
  scan<SumI32, i32>(x, out, rows, inner, exclusive, reverse, begin, end);
}

@unmanaged class ProdF32 {
  @inline start(): f32 {
    return 1;
  }
  @inline apply(x: f32, y: f32): f32 {
    return x * y;
  }
}
export function cumprodF32(
  x: usize, out: usize, rows: i32, inner: i32, exclusive: i32, reverse: i32, begin: i32, end: i32,
): void {
  scan<ProdF32, f32>(x, out, rows, inner, exclusive, reverse, begin, end);
}

@unmanaged class ProdI32 {
  @inline start(): i32 {
    return 1;
  }
  @inline apply(x: i32, y: i32): i32 {
    return x * y;
  }
}
export function cumprodI32(
  x: usize, out: usize, rows: i32, inner: i32, exclusive: i32, reverse: i32, begin: i32, end: i32,
): void {
  scan<ProdI32, i32>(x, out, rows, inner, exclusive, reverse, begin, end);
}
