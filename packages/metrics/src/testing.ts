import { type Rows, rows } from './rows.js';

/** Test data: rows i = 1 … n, columns j = 1 … width of sin(0.37 i j) + 0.1 j, as the reference script has it. */
export function waves(n: number, width: number): Rows {
  return table(n, width, (i, j) => Math.sin(0.37 * i * j) + 0.1 * j);
}

/** Test data: 1.2 cos(0.29 i (j + 1)) + 0.05 j + 0.01 i / n. */
export function shiftedWaves(n: number, width: number): Rows {
  return table(n, width, (i, j) => 1.2 * Math.cos(0.29 * i * (j + 1)) + 0.05 * j + (0.01 * i) / n);
}

function table(n: number, width: number, value: (i: number, j: number) => number): Rows {
  const at = (index: number) => value(Math.floor(index / width) + 1, (index % width) + 1);
  return rows(
    Float64Array.from({ length: n * width }, (_, index) => at(index)),
    width,
  );
}
