// What the kernels and their callers in src/ must both know. The build writes these enums to src/generated/constants.ts.

/** What a product applies to its results; `alpha` is the slope of LEAKY_RELU below 0. */
export const enum Activation { LINEAR, RELU, RELU6, LEAKY_RELU }

/** How an operand of an elementwise kernel covers the result. */
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

/** The register block of every product: its rows, and its columns where the engine joins pairs of vectors or not. */
export const enum RegisterBlock { ROWS = 6, WIDE_COLUMNS = 16, NARROW_COLUMNS = 8 }

/** What one unit of a kernel's range covers. */
export const enum Tile {
  /** Rows of a product: 96 x 256 floats of its left operand stay in the level-2 cache. */
  PRODUCT_ROWS = 96,
  /** Columns of a reduction along rows: eight accumulators. */
  REDUCED_COLUMNS = 32,
  /** Channels of the sums of batch norm's gradient. */
  BATCH_NORM_CHANNELS = 16,
  /** Rows of a transposed matrix: a cache line. */
  TRANSPOSED_ROWS = 16,
}

/** Winograd's algorithm. */
export const enum Winograd {
  /** Points of a tile: 6 x 6. */
  POINTS = 36,
}

/** Memory of the probe, in bytes from its start, and the steps of its products. */
export const enum Probe { ROW_TABLE = 1024, C = 2048, A = 4096, B = 16384, STEPS = 128 }
