import { exp4 } from './vectorMath';

/** out = softmax of x along rows of `length` elements; units are rows. */
export function softmaxRows(x: usize, out: usize, length: i32, begin: i32, end: i32): void {
  const bytes = <usize>length * 4;
  for (let row = begin; row < end; row++) {
    const p = x + <usize>row * bytes;
    const q = out + <usize>row * bytes;
    let largest = f32x4.splat(-Infinity);
    let i: usize = 0;
    for (; i + 16 <= bytes; i += 16) largest = f32x4.max(largest, v128.load(p + i));
    for (; i < bytes; i += 4) largest = f32x4.max(largest, v128.load32_splat(p + i));
    largest = f32x4.max(largest, v128.shuffle<i32>(largest, largest, 2, 3, 0, 1));
    largest = f32x4.max(largest, v128.shuffle<i32>(largest, largest, 1, 0, 3, 2));
    let total = f32x4.splat(0);
    for (i = 0; i + 16 <= bytes; i += 16) {
      const e = exp4(f32x4.sub(v128.load(p + i), largest));
      v128.store(q + i, e);
      total = f32x4.add(total, e);
    }
    let sum = f32x4.extract_lane(total, 0) + f32x4.extract_lane(total, 1);
    sum += f32x4.extract_lane(total, 2) + f32x4.extract_lane(total, 3);
    for (; i < bytes; i += 4) {
      const e = exp4(f32x4.sub(v128.load32_zero(p + i), largest));
      v128.store_lane<i32>(q + i, e, 0);
      sum += f32x4.extract_lane(e, 0);
    }
    const divisor = f32x4.splat(sum);
    for (i = 0; i + 16 <= bytes; i += 16) v128.store(q + i, f32x4.div(v128.load(q + i), divisor));
    for (; i < bytes; i += 4) store<f32>(q + i, load<f32>(q + i) / sum);
  }
}
