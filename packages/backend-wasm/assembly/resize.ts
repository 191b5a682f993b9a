// Resizing of NHWC images by tables: for each row and column of y, which ones of x it reads, and how the two
// neighbours mix.
//
// Plan: height, width and channels of x; height and width of y (5 i32).
import { at } from './address';

/** y[r, c] = x[rows[r], columns[c]]; units are rows of y. */
export function nearest(
  x: usize, y: usize, plan: usize, rows: usize, columns: usize, begin: i32, end: i32,
): void {
  const height = load<i32>(plan), width = load<i32>(plan, 4), channels = load<i32>(plan, 8);
  const outHeight = load<i32>(plan, 12), outWidth = load<i32>(plan, 16);
  for (let unit = begin; unit < end; unit++) {
    const image = unit / outHeight;
    const row = at(x, (image * height + load<i32>(at(rows, unit - image * outHeight))) * width * channels);
    let to = at(y, unit * outWidth * channels);
    for (let column = 0; column < outWidth; column++) {
      let from = at(row, load<i32>(at(columns, column)) * channels);
      const stop = at(to, channels);
      for (; to + 16 <= stop; from += 16, to += 16) v128.store(to, v128.load(from));
      for (; to < stop; from += 4, to += 4) store<i32>(to, load<i32>(from));
    }
  }
}

/** dx (zeros before) += dy, the transpose of `nearest`; units are images. */
export function nearestGrad(
  dy: usize, dx: usize, plan: usize, rows: usize, columns: usize, begin: i32, end: i32,
): void {
  const height = load<i32>(plan), width = load<i32>(plan, 4), channels = load<i32>(plan, 8);
  const outHeight = load<i32>(plan, 12), outWidth = load<i32>(plan, 16);
  for (let image = begin; image < end; image++) {
    let from = at(dy, image * outHeight * outWidth * channels);
    for (let r = 0; r < outHeight; r++) {
      const row = at(dx, (image * height + load<i32>(at(rows, r))) * width * channels);
      for (let column = 0; column < outWidth; column++) {
        let to = at(row, load<i32>(at(columns, column)) * channels);
        const stop = at(to, channels);
        for (; to + 16 <= stop; from += 16, to += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
        for (; to < stop; from += 4, to += 4) store<f32>(to, load<f32>(to) + load<f32>(from));
      }
    }
  }
}

// Tables of the bilinear kernels hold three values a row or column: lower neighbour, upper neighbour (i32) and
// the share of the upper one (f32).

/** top + (bottom - top) * down, each first mixed across. */
// @ts-ignore: decorator
@inline
function mix(topLeft: v128, topRight: v128, bottomLeft: v128, bottomRight: v128, across: v128, down: v128): v128 {
  const top = f32x4.add(topLeft, f32x4.mul(f32x4.sub(topRight, topLeft), across));
  const bottom = f32x4.add(bottomLeft, f32x4.mul(f32x4.sub(bottomRight, bottomLeft), across));
  return f32x4.add(top, f32x4.mul(f32x4.sub(bottom, top), down));
}

/** Units are rows of y. */
export function bilinear(
  x: usize, y: usize, plan: usize, rows: usize, columns: usize, begin: i32, end: i32,
): void {
  const height = load<i32>(plan), width = load<i32>(plan, 4), channels = load<i32>(plan, 8);
  const outHeight = load<i32>(plan, 12), outWidth = load<i32>(plan, 16);
  for (let unit = begin; unit < end; unit++) {
    const image = unit / outHeight;
    const entry = rows + <usize>(unit - image * outHeight) * 12;
    const top = at(x, (image * height + load<i32>(entry)) * width * channels);
    const bottom = at(x, (image * height + load<i32>(entry, 4)) * width * channels);
    const down = f32x4.splat(load<f32>(entry, 8));
    let to = at(y, unit * outWidth * channels);
    for (let column = 0; column < outWidth; column++) {
      const pair = columns + <usize>column * 12;
      let left = <usize>(load<i32>(pair) * channels) * 4;
      let right = <usize>(load<i32>(pair, 4) * channels) * 4;
      const across = f32x4.splat(load<f32>(pair, 8));
      const stop = at(to, channels);
      for (; to + 16 <= stop; left += 16, right += 16, to += 16) {
        v128.store(
          to,
          mix(
            v128.load(top + left), v128.load(top + right), v128.load(bottom + left), v128.load(bottom + right),
            across, down,
          ),
        );
      }
      for (; to < stop; left += 4, right += 4, to += 4) {
        const value = mix(
          v128.load32_zero(top + left), v128.load32_zero(top + right),
          v128.load32_zero(bottom + left), v128.load32_zero(bottom + right),
          across, down,
        );
        v128.store_lane<i32>(to, value, 0);
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function accumulate(to: usize, from: usize, share: f32, channels: i32): void {
  const stop = at(to, channels);
  for (; to + 16 <= stop; from += 16, to += 16) {
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(v128.load(from), f32x4.splat(share))));
  }
  for (; to < stop; from += 4, to += 4) store<f32>(to, load<f32>(to) + load<f32>(from) * share);
}

/** dx (zeros before) += shares of dy, the transpose of `bilinear`; units are images. */
export function bilinearGrad(
  dy: usize, dx: usize, plan: usize, rows: usize, columns: usize, begin: i32, end: i32,
): void {
  const height = load<i32>(plan), width = load<i32>(plan, 4), channels = load<i32>(plan, 8);
  const outHeight = load<i32>(plan, 12), outWidth = load<i32>(plan, 16);
  for (let image = begin; image < end; image++) {
    let from = at(dy, image * outHeight * outWidth * channels);
    for (let r = 0; r < outHeight; r++) {
      const entry = rows + <usize>r * 12;
      const top = at(dx, (image * height + load<i32>(entry)) * width * channels);
      const bottom = at(dx, (image * height + load<i32>(entry, 4)) * width * channels);
      const down = load<f32>(entry, 8);
      for (let column = 0; column < outWidth; column++) {
        const pair = columns + <usize>column * 12;
        const left = load<i32>(pair) * channels;
        const right = load<i32>(pair, 4) * channels;
        const across = load<f32>(pair, 8);
        accumulate(at(top, left), from, (1 - down) * (1 - across), channels);
        accumulate(at(top, right), from, (1 - down) * across, channels);
        accumulate(at(bottom, left), from, down * (1 - across), channels);
        accumulate(at(bottom, right), from, down * across, channels);
        from = at(from, channels);
      }
    }
  }
}
