// Functions of two numbers that have no instruction.

/** The result has the sign of the divisor. */
// @ts-ignore: decorator
@inline
export function remainderF32(x: f32, y: f32): f32 {
  const rest = x % y;
  return (x < 0) == (y < 0) ? rest : (rest + y) % y;
}

/** The result has the sign of the divisor; 0 for divisor 0. */
// @ts-ignore: decorator
@inline
export function remainderI32(x: i32, y: i32): i32 {
  if (y == 0) return 0;
  const rest = y == -1 ? 0 : x % y;
  return (x < 0) == (y < 0) ? rest : (rest + y) % y;
}

/** Modulo 2^32; fractions go to 0. */
// @ts-ignore: decorator
@inline
export function powerI32(x: i32, y: i32): i32 {
  if (y < 0) return x == 1 ? 1 : x == -1 ? 1 - 2 * (y & 1) : 0;
  let power = 1;
  for (let factor = x; y != 0; y >>= 1, factor *= factor) {
    if (y & 1) power *= factor;
  }
  return power;
}
