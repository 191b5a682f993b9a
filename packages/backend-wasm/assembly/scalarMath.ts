// out[i] = f(x[i]) for functions that no hot path uses: one element at a time, from the standard library.
// Those with a period go through float64: large arguments leave no float32 precision for the remainder.

// @ts-ignore: decorator
@inline
function map<Op>(x: usize, out: usize, begin: i32, end: i32): void {
  const op = changetype<Op>(0);
  for (let p = (<usize>begin) << 2, stop = (<usize>end) << 2; p < stop; p += 4) {
    store<f32>(out + p, op.apply(load<f32>(x + p)));
  }
}

@unmanaged class Sin {
  @inline apply(x: f32): f32 {
    return <f32>Math.sin(x);
  }
}
export function sinF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<Sin>(x, out, begin, end);
}

@unmanaged class Cos {
  @inline apply(x: f32): f32 {
    return <f32>Math.cos(x);
  }
}
export function cosF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<Cos>(x, out, begin, end);
}

@unmanaged class Tan {
  @inline apply(x: f32): f32 {
    return <f32>Math.tan(x);
  }
}
export function tanF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<Tan>(x, out, begin, end);
}

@unmanaged class Asin {
  @inline apply(x: f32): f32 {
    return Mathf.asin(x);
  }
}
export function asinF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<Asin>(x, out, begin, end);
}

@unmanaged class Acos {
  @inline apply(x: f32): f32 {
    return Mathf.acos(x);
  }
}
export function acosF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<Acos>(x, out, begin, end);
}

@unmanaged class Atan {
  @inline apply(x: f32): f32 {
    return Mathf.atan(x);
  }
}
export function atanF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<Atan>(x, out, begin, end);
}

@unmanaged class Sinh {
  @inline apply(x: f32): f32 {
    return Mathf.sinh(x);
  }
}
export function sinhF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<Sinh>(x, out, begin, end);
}

@unmanaged class Cosh {
  @inline apply(x: f32): f32 {
    return Mathf.cosh(x);
  }
}
export function coshF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<Cosh>(x, out, begin, end);
}

@unmanaged class Asinh {
  @inline apply(x: f32): f32 {
    return Mathf.asinh(x);
  }
}
export function asinhF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<Asinh>(x, out, begin, end);
}

@unmanaged class Acosh {
  @inline apply(x: f32): f32 {
    return Mathf.acosh(x);
  }
}
export function acoshF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<Acosh>(x, out, begin, end);
}

@unmanaged class Atanh {
  @inline apply(x: f32): f32 {
    return Mathf.atanh(x);
  }
}
export function atanhF32(x: usize, out: usize, a: f32, b: f32, begin: i32, end: i32): void {
  map<Atanh>(x, out, begin, end);
}
