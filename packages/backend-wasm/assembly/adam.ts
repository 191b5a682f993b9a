// One Adam step over one variable, in place.
import { fma } from './fma';

/**
 * For elements [begin, end): m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2,
 * w = w - rate m / (sqrt(v / correction2) + epsilon), where `rate` contains the correction of m.
 */
export function adam(
  w: usize, g: usize, m: usize, v: usize, rate: f32, beta1: f32, beta2: f32, epsilon: f32, correction2: f32,
  rest1: f32, rest2: f32, begin: i32, end: i32,
): void {
  const b1 = f32x4.splat(beta1), b2 = f32x4.splat(beta2), r1 = f32x4.splat(rest1), r2 = f32x4.splat(rest2);
  const e = f32x4.splat(epsilon), c = f32x4.splat(correction2), step = f32x4.splat(-rate);
  let i = <usize>begin * 4;
  const wide = i + (<usize>(end - begin) & ~3) * 4;
  for (; i < wide; i += 16) {
    const gradient = v128.load(g + i);
    const first = fma(v128.load(m + i), b1, f32x4.mul(gradient, r1));
    const second = fma(v128.load(v + i), b2, f32x4.mul(f32x4.mul(gradient, gradient), r2));
    const direction = f32x4.div(first, f32x4.add(f32x4.sqrt(f32x4.div(second, c)), e));
    v128.store(m + i, first);
    v128.store(v + i, second);
    v128.store(w + i, fma(direction, step, v128.load(w + i)));
  }
  // The last elements go through the same instructions, so that where a range ends changes nothing.
  for (; i < <usize>end * 4; i += 4) {
    const gradient = f32x4.splat(load<f32>(g + i));
    const first = fma(f32x4.splat(load<f32>(m + i)), b1, f32x4.mul(gradient, r1));
    const second = fma(f32x4.splat(load<f32>(v + i)), b2, f32x4.mul(f32x4.mul(gradient, gradient), r2));
    const direction = f32x4.div(first, f32x4.add(f32x4.sqrt(f32x4.div(second, c)), e));
    store<f32>(m + i, f32x4.extract_lane(first, 0));
    store<f32>(v + i, f32x4.extract_lane(second, 0));
    store<f32>(w + i, f32x4.extract_lane(fma(direction, step, f32x4.splat(load<f32>(w + i))), 0));
  }
}
