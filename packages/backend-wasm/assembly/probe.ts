// A module of its own that tells which register block the engine runs faster: see src/wide.ts.
import { micro16 } from './micro16';
import { micro8 } from './micro8';

/** Bytes from the start of memory: row table, then rows of C, then A, then B. */
const ROWS: usize = 1024;
const C: usize = 2048;
const A: usize = 4096;
const B: usize = 16384;
const STEPS: i32 = 128;

/** `times` register blocks of six rows and, if `wide`, 16 columns, else 8, over 128 steps. */
export function probe(wide: bool, times: i32): void {
  for (let r: usize = 0; r < 6; r++) store<usize>(ROWS + r * 4, C + r * 64);
  for (let i = 0; i < times; i++) {
    if (wide) micro16(STEPS, A, 24, B, ROWS, 0, false);
    else micro8(STEPS, A, 24, B, ROWS, 0, false);
  }
}
