// The derivative of relu and leaky relu.

/** out[i] = dy[i] where x[i] > 0, else alpha dy[i], for i in [begin, end). */
export function leakyReluGradient(dy: usize, x: usize, out: usize, alpha: f32, begin: i32, end: i32): void {
  const slope = f32x4.splat(alpha);
  let i = <usize>begin << 2;
  const stop = <usize>end << 2;
  if (WIDE) {
    for (; i + 32 <= stop; i += 32) {
      const low = slopeAt(v128.load(dy + i), v128.load(x + i), slope);
      const high = slopeAt(v128.load(dy + i, 16), v128.load(x + i, 16), slope);
      v128.store(out + i, low);
      v128.store(out + i, high, 16);
    }
  }
  for (; i + 16 <= stop; i += 16) v128.store(out + i, slopeAt(v128.load(dy + i), v128.load(x + i), slope));
  for (; i < stop; i += 4) {
    v128.store_lane<f32>(out + i, slopeAt(v128.load32_zero(dy + i), v128.load32_zero(x + i), slope), 0);
  }
}

// @ts-ignore: decorator
@inline
function slopeAt(dy: v128, x: v128, alpha: v128): v128 {
  return v128.bitselect(dy, f32x4.mul(dy, alpha), f32x4.gt(x, f32x4.splat(0)));
}
