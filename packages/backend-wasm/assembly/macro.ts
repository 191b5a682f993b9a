// A packed block of A times all packed panels of B, and what happens to the finished block.
import { scratch } from './runtime';
import { micro, MR, NR, MC, KC } from './micro';
import { Activation } from './shared';

// Scratch memory of a thread, in bytes from its start.
const TILE: usize = 0;
const TILE_ROWS: usize = 480;
/** Addresses of the rows of C that the current block writes; room for MC. */
const ROWS: usize = 512;
/** KC zeros, which padding reads. */
const ZEROS: usize = 1024;
/** Four numbers a row that the convolutions keep. */
const GRID: usize = 2048;
const BLOCK: usize = 8192;

// @ts-ignore: decorator
@inline
export function rowTable(): usize {
  return scratch + ROWS;
}

// @ts-ignore: decorator
@inline
export function zeros(): usize {
  return scratch + ZEROS;
}

// @ts-ignore: decorator
@inline
export function rowGrid(): usize {
  return scratch + GRID;
}

// @ts-ignore: decorator
@inline
export function packedBlock(): usize {
  return scratch + BLOCK;
}

/** Prepares the constants of this thread's scratch memory. */
export function prepareScratch(): void {
  memory.fill(scratch + ZEROS, 0, <usize>KC * 4);
  for (let r = 0; r < MR; r++) store<usize>(scratch + TILE_ROWS + <usize>r * 4, scratch + TILE + <usize>(r * NR) * 4);
}

/**
 * Rows of the row table (+)= packed A [mc, kc] times columns [from, to) of packed B. `b` is the first element
 * of the k-block in B's first panel, `panel` the bytes from one panel to the next. `from` is a multiple of NR.
 */
export function macro(
  mc: i32, kc: i32, b: usize, panel: usize, from: i32, to: i32, accumulate: bool,
): void {
  const a = packedBlock();
  const rows = rowTable();
  const tile = scratch + TILE;
  for (let j = from; j < to; j += NR) {
    const bj = b + <usize>(j / NR) * panel;
    const wide = j + NR <= to;
    for (let i = 0; i < mc; i += MR) {
      const ai = a + <usize>(i * kc) * 4;
      const ri = rows + <usize>i * 4;
      if (wide && i + MR <= mc) {
        micro(kc, ai, MR * 4, bj, ri, <usize>j * 4, accumulate);
      } else {
        micro(kc, ai, MR * 4, bj, scratch + TILE_ROWS, 0, false);
        const height = min(MR, mc - i);
        const width = min(NR, to - j);
        for (let r = 0; r < height; r++) {
          const c = load<usize>(ri + <usize>r * 4) + <usize>j * 4;
          const t = tile + <usize>(r * NR) * 4;
          for (let s = 0; s < width; s++) {
            const offset = <usize>s * 4;
            const value = load<f32>(t + offset);
            store<f32>(c + offset, accumulate ? load<f32>(c + offset) + value : value);
          }
        }
      }
    }
  }
}

// @ts-ignore: decorator
@inline
export function activate(x: v128, activation: i32, alpha: v128): v128 {
  const zero = f32x4.splat(0);
  // pmax(x, 0) is (x < 0 ? 0 : x): NaN stays NaN.
  if (activation == Activation.LINEAR) return x;
  if (activation == Activation.RELU) return f32x4.pmax(x, zero);
  if (activation == Activation.RELU6) return f32x4.min(f32x4.max(x, zero), f32x4.splat(6));
  return v128.bitselect(x, f32x4.mul(x, alpha), f32x4.ge(x, zero));
}

/** Adds the bias (0: none) to columns [from, to) of the first mc rows of the row table and applies the activation. */
export function epilogue(mc: i32, from: i32, to: i32, bias: usize, activation: i32, alpha: f32): void {
  if (bias == 0 && activation == Activation.LINEAR) return;
  const rows = rowTable();
  const wideAlpha = f32x4.splat(alpha);
  for (let i = 0; i < mc; i++) {
    const c = load<usize>(rows + <usize>i * 4);
    let j = from;
    for (; j + 4 <= to; j += 4) {
      const offset = <usize>j * 4;
      let x = v128.load(c + offset);
      if (bias != 0) x = f32x4.add(x, v128.load(bias + offset));
      x = activate(x, activation, wideAlpha);
      v128.store(c + offset, x);
    }
    for (; j < to; j++) {
      const offset = <usize>j * 4;
      let x = f32x4.splat(load<f32>(c + offset));
      if (bias != 0) x = f32x4.add(x, f32x4.splat(load<f32>(bias + offset)));
      x = activate(x, activation, wideAlpha);
      store<f32>(c + offset, f32x4.extract_lane(x, 0));
    }
  }
}
