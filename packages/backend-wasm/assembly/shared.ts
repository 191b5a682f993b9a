// What the kernels and their callers in src/ must both know: the build writes it to src/generated/constants.ts.

/** What a product does to its result. */
export const enum Activation { LINEAR, RELU, RELU6, LEAKY_RELU }

/** How an operand covers the result: see broadcast.ts. */
export const enum Cover {
  SAME,
  SCALAR,
  /** The operand repeats, every `period` elements. */
  PERIODIC,
  /** Any strides. */
  STRIDED,
  /** The operand repeats, and a period is long enough to be read in place. */
  LONG,
}

/** Rows of the register block of every product. */
export const BLOCK_ROWS: i32 = 6;
/** Rows of one tile of a product. */
export const TILE_ROWS: i32 = 96;
