// Pooling of NHWC images and its gradients.
//
// Plan: height, width and channels of x; height and width of y; height and width of the window; strides;
// padding at the top and on the left; dilations (13 i32).
import { at } from './address';

// The window of the current output position: rows [r0, r1) and columns [c0, c1) of x, by the dilations.
let r0: i32 = 0;
let r1: i32 = 0;
let c0: i32 = 0;
let c1: i32 = 0;

// @ts-ignore: decorator
@inline
function firstInside(corner: i32, dilation: i32): i32 {
  return corner >= 0 ? corner : corner + (-corner + dilation - 1) / dilation * dilation;
}

// @ts-ignore: decorator
@inline
function windowRows(plan: usize, y: i32): void {
  const corner = y * load<i32>(plan, 28) - load<i32>(plan, 36);
  const dilation = load<i32>(plan, 44);
  r0 = firstInside(corner, dilation);
  r1 = min(load<i32>(plan), corner + (load<i32>(plan, 20) - 1) * dilation + 1);
}

// @ts-ignore: decorator
@inline
function windowColumns(plan: usize, x: i32): void {
  const corner = x * load<i32>(plan, 32) - load<i32>(plan, 40);
  const dilation = load<i32>(plan, 48);
  c0 = firstInside(corner, dilation);
  c1 = min(load<i32>(plan, 4), corner + (load<i32>(plan, 24) - 1) * dilation + 1);
}

// @ts-ignore: decorator
@inline
function steps(from: i32, to: i32, dilation: i32): i32 {
  return (to - from + dilation - 1) / dilation;
}

@unmanaged class Max {
  @inline start(): v128 {
    return f32x4.splat(-Infinity);
  }
  @inline add(total: v128, x: v128): v128 {
    return f32x4.pmax(total, x); // NaN in x is passed over, as tfjs does
  }
  @inline finish(total: v128, count: v128): v128 {
    return total;
  }
}

@unmanaged class Average {
  @inline start(): v128 {
    return f32x4.splat(0);
  }
  @inline add(total: v128, x: v128): v128 {
    return f32x4.add(total, x);
  }
  @inline finish(total: v128, count: v128): v128 {
    return f32x4.div(total, count);
  }
}

/** Units are rows of y. */
// @ts-ignore: decorator
@inline
function pool<Op>(x: usize, y: usize, plan: usize, begin: i32, end: i32): void {
  const op = changetype<Op>(0);
  const width = load<i32>(plan, 4), channels = load<i32>(plan, 8);
  const outHeight = load<i32>(plan, 12), outWidth = load<i32>(plan, 16);
  const down = load<i32>(plan, 44), across = load<i32>(plan, 48);
  for (let unit = begin; unit < end; unit++) {
    const image = unit / outHeight;
    windowRows(plan, unit - image * outHeight);
    const base = at(x, image * load<i32>(plan) * width * channels);
    for (let column = 0; column < outWidth; column++) {
      windowColumns(plan, column);
      const count = f32x4.splat(<f32>(steps(r0, r1, down) * steps(c0, c1, across)));
      const to = at(y, (unit * outWidth + column) * channels);
      let c = 0;
      for (; c + 4 <= channels; c += 4) {
        let total = op.start();
        for (let i = r0; i < r1; i += down) {
          for (let j = c0; j < c1; j += across) {
            total = op.add(total, v128.load(at(base, (i * width + j) * channels + c)));
          }
        }
        v128.store(at(to, c), op.finish(total, count));
      }
      for (; c < channels; c++) {
        let total = op.start();
        for (let i = r0; i < r1; i += down) {
          for (let j = c0; j < c1; j += across) {
            total = op.add(total, v128.load32_splat(at(base, (i * width + j) * channels + c)));
          }
        }
        v128.store_lane<i32>(at(to, c), op.finish(total, count), 0);
      }
    }
  }
}

export function maxPool(x: usize, y: usize, plan: usize, begin: i32, end: i32): void {
  pool<Max>(x, y, plan, begin, end);
}

/** Padding does not count: the divisor is the number of elements inside the image. */
export function avgPool(x: usize, y: usize, plan: usize, begin: i32, end: i32): void {
  pool<Average>(x, y, plan, begin, end);
}

/**
 * The first largest element of each window and where it is: its index in the image, or in the batch if
 * `absolute`. Units are rows of y.
 */
export function maxPoolIndices(
  x: usize, y: usize, indices: usize, plan: usize, absolute: i32, begin: i32, end: i32,
): void {
  const width = load<i32>(plan, 4), channels = load<i32>(plan, 8);
  const outHeight = load<i32>(plan, 12), outWidth = load<i32>(plan, 16);
  const imageSize = load<i32>(plan) * width * channels;
  const down = load<i32>(plan, 44), across = load<i32>(plan, 48);
  for (let unit = begin; unit < end; unit++) {
    const image = unit / outHeight;
    windowRows(plan, unit - image * outHeight);
    for (let column = 0; column < outWidth; column++) {
      windowColumns(plan, column);
      for (let c = 0; c < channels; c++) {
        let best: f32 = -Infinity;
        let position = -1;
        for (let i = r0; i < r1; i += down) {
          for (let j = c0; j < c1; j += across) {
            const index = (i * width + j) * channels + c;
            const value = load<f32>(at(x, image * imageSize + index));
            if (value > best) {
              best = value;
              position = index;
            }
          }
        }
        const to = (unit * outWidth + column) * channels + c;
        store<f32>(at(y, to), best);
        store<i32>(at(indices, to), absolute && position >= 0 ? image * imageSize + position : position);
      }
    }
  }
}

/** Adds lane `lane` of the gradient to element `position + lane` of dx, if there is a position. */
// @ts-ignore: decorator
@inline
function addAt(dx: usize, position: i32, lane: i32, gradient: usize): void {
  if (position < 0) return;
  const to = at(dx, position + lane);
  store<f32>(to, load<f32>(to) + load<f32>(at(gradient, lane)));
}

/** dx (zeros before) += dy at the first largest element of each window; units are images. */
export function maxPoolGrad(dy: usize, x: usize, dx: usize, plan: usize, begin: i32, end: i32): void {
  const height = load<i32>(plan), width = load<i32>(plan, 4), channels = load<i32>(plan, 8);
  const outHeight = load<i32>(plan, 12), outWidth = load<i32>(plan, 16);
  const down = load<i32>(plan, 44), across = load<i32>(plan, 48);
  for (let image = begin; image < end; image++) {
    const base = image * height * width * channels;
    let gradient = at(dy, image * outHeight * outWidth * channels);
    for (let row = 0; row < outHeight; row++) {
      windowRows(plan, row);
      for (let column = 0; column < outWidth; column++) {
        windowColumns(plan, column);
        let c = 0;
        for (; c + 4 <= channels; c += 4, gradient += 16) {
          let best = f32x4.splat(-Infinity);
          let position = i32x4.splat(-1);
          for (let i = r0; i < r1; i += down) {
            for (let j = c0; j < c1; j += across) {
              const index = base + (i * width + j) * channels + c;
              const value = v128.load(at(x, index));
              const better = f32x4.gt(value, best);
              best = v128.bitselect(value, best, better);
              position = v128.bitselect(i32x4.splat(index), position, better);
            }
          }
          addAt(dx, i32x4.extract_lane(position, 0), 0, gradient);
          addAt(dx, i32x4.extract_lane(position, 1), 1, gradient);
          addAt(dx, i32x4.extract_lane(position, 2), 2, gradient);
          addAt(dx, i32x4.extract_lane(position, 3), 3, gradient);
        }
        for (; c < channels; c++, gradient += 4) {
          let best: f32 = -Infinity;
          let position = -1;
          for (let i = r0; i < r1; i += down) {
            for (let j = c0; j < c1; j += across) {
              const index = base + (i * width + j) * channels + c;
              const value = load<f32>(at(x, index));
              if (value > best) {
                best = value;
                position = index;
              }
            }
          }
          addAt(dx, position, 0, gradient);
        }
      }
    }
  }
}

/** dx (zeros before) += dy / window over each window, the size of the window including padding; units are images. */
export function avgPoolGrad(dy: usize, dx: usize, plan: usize, begin: i32, end: i32): void {
  const height = load<i32>(plan), width = load<i32>(plan, 4), channels = load<i32>(plan, 8);
  const outHeight = load<i32>(plan, 12), outWidth = load<i32>(plan, 16);
  const down = load<i32>(plan, 44), across = load<i32>(plan, 48);
  const window = <f32>(load<i32>(plan, 20) * load<i32>(plan, 24));
  for (let image = begin; image < end; image++) {
    const base = at(dx, image * height * width * channels);
    let gradient = at(dy, image * outHeight * outWidth * channels);
    for (let row = 0; row < outHeight; row++) {
      windowRows(plan, row);
      for (let column = 0; column < outWidth; column++) {
        windowColumns(plan, column);
        for (let i = r0; i < r1; i += down) {
          for (let j = c0; j < c1; j += across) {
            let from = gradient;
            let to = at(base, (i * width + j) * channels);
            const stop = at(to, channels);
            for (; to + 16 <= stop; from += 16, to += 16) {
              v128.store(to, f32x4.add(v128.load(to), f32x4.div(v128.load(from), f32x4.splat(window))));
            }
            for (; to < stop; from += 4, to += 4) store<f32>(to, load<f32>(to) + load<f32>(from) / window);
          }
        }
        gradient = at(gradient, channels);
      }
    }
  }
}
