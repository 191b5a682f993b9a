// The block sizes of every product, and the register block that suits the variant.
import { micro16, micro16Rows } from './micro16';
import { micro8, micro8Rows } from './micro8';
import { RegisterBlock, Tile } from './shared';

export { fma } from './fma';

/** Rows and columns of the register block. */
export const MR: i32 = RegisterBlock.ROWS;
export const NR: i32 = WIDE ? RegisterBlock.WIDE_COLUMNS : RegisterBlock.NARROW_COLUMNS;

/** Rows of A and columns of k that one packed block holds: 96 x 256 floats stay in the level-2 cache. */
export const MC: i32 = Tile.PRODUCT_ROWS;
export const KC: i32 = 256;

/** Columns of a panel of B; the callers of packB size their buffers by it. */
export function panelWidth(): i32 {
  return NR;
}

// @ts-ignore: decorator
@inline
export function micro(kc: i32, a: usize, step: usize, b: usize, rows: usize, column: usize, accumulate: bool): void {
  if (WIDE) micro16(kc, a, step, b, rows, column, accumulate);
  else micro8(kc, a, step, b, rows, column, accumulate);
}

// @ts-ignore: decorator
@inline
export function microRows(kc: i32, a: usize, step: usize, b: usize, rows: usize, column: usize): void {
  if (WIDE) micro16Rows(kc, a, step, b, rows, column);
  else micro8Rows(kc, a, step, b, rows, column);
}
