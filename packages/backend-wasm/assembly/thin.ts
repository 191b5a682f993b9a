// Convolutions with very few channels on one side, where a product over patches would waste most of the register
// block. They are a plain product with all taps side by side, followed by this sum of shifted planes.
import { activate } from './macro';

/**
 * Image rows [begin, end) of
 *
 *   out[n, y, x, c] = activation(bias[c] + sum over taps t of p[n, (y + tapY[t]) / step, (x + tapX[t]) / step, t C + c])
 *
 * over the taps for which both quotients are whole and inside of p [batch, SH, SW, taps C]. Row index: n H + y.
 */
export function sumShifted(
  p: usize, SH: i32, SW: i32, taps: usize, tapCount: i32, stepY: i32, stepX: i32, C: i32,
  out: usize, H: i32, W: i32, bias: usize, activation: i32, alpha: f32,
  begin: i32, end: i32,
): void {
  const pixel = <usize>(tapCount * C) * 4;
  const wideAlpha = f32x4.splat(alpha);
  for (let row = begin; row < end; row++) {
    const y = row % H;
    const image = p + <usize>(row / H) * <usize>SH * <usize>SW * pixel;
    const line = out + <usize>row * <usize>(W * C) * 4;
    for (let i = 0; i < W * C; i++) {
      store<f32>(line + <usize>i * 4, bias == 0 ? 0 : load<f32>(bias + <usize>(i % C) * 4));
    }
    for (let t = 0; t < tapCount; t++) {
      const ty = y + load<i32>(taps + <usize>t * 8);
      const tx = load<i32>(taps + <usize>t * 8, 4);
      if (ty < 0 || ty % stepY != 0 || ty / stepY >= SH) continue;
      // The first x whose source is whole and not before the plane.
      let x = tx >= 0 ? (stepX - (tx % stepX)) % stepX : -tx;
      let source = (x + tx) / stepX;
      let s = image + (<usize>(ty / stepY) * <usize>SW + <usize>source) * pixel + <usize>(t * C) * 4;
      for (; x < W && source < SW; x += stepX, source++) {
        const o = line + <usize>(x * C) * 4;
        for (let c: usize = 0; c < <usize>C * 4; c += 4) store<f32>(o + c, load<f32>(o + c) + load<f32>(s + c));
        s += pixel;
      }
    }
    if (activation != 0) {
      for (let i = 0; i < W * C; i++) {
        const o = line + <usize>i * 4;
        store<f32>(o, f32x4.extract_lane(activate(f32x4.splat(load<f32>(o)), activation, wideAlpha), 0));
      }
    }
  }
}
