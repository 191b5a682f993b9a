// C = A B for matrices of any strides, batched.
import { epilogue, macro, packedBlock, rowTable } from './macro';
import { KC, MC, NR } from './micro';
import { packA } from './pack';

/**
 * Tiles [begin, end) of C[batch] = activation(A[batch] B[batch] + bias). A tile is MC rows by `columns`
 * columns; tiles count columns fastest, then rows, then batches.
 *
 * A: element (i, k) of a batch at 4 * (i * aRow + k * aColumn). B: packed by packB, one set of panels a
 * batch. C: rows of N. `batches` is a table of three i32 a batch: element offsets of A and C, index of B.
 */
export function gemmTiles(
  a: usize, aRow: i32, aColumn: i32, b: usize, c: usize, batches: usize,
  M: i32, N: i32, K: i32, columns: i32, bias: usize, activation: i32, alpha: f32,
  begin: i32, end: i32,
): void {
  const across = (N + columns - 1) / columns;
  const down = (M + MC - 1) / MC;
  const panel = <usize>(K * NR) * 4;
  const panels = <usize>((N + NR - 1) / NR) * panel;
  const rows = rowTable();
  for (let t = begin; t < end; t++) {
    const entry = batches + <usize>(t / (across * down)) * 12;
    const i0 = ((t / across) % down) * MC;
    const from = (t % across) * columns;
    const to = min(N, from + columns);
    const mc = min(MC, M - i0);
    const ab = a + <usize>load<u32>(entry) * 4;
    const cb = c + <usize>load<u32>(entry, 4) * 4;
    const bb = b + <usize>load<u32>(entry, 8) * panels;
    for (let i = 0; i < mc; i++) store<usize>(rows + <usize>i * 4, cb + <usize>(i0 + i) * <usize>N * 4);
    for (let k0 = 0; k0 < K; k0 += KC) {
      const kc = min(KC, K - k0);
      packA(ab + (<usize>i0 * <usize>aRow + <usize>k0 * <usize>aColumn) * 4, aRow, aColumn, mc, kc, packedBlock());
      macro(mc, kc, bb + <usize>(k0 * NR) * 4, panel, from, to, k0 > 0);
    }
    epilogue(mc, from, to, bias, activation, alpha);
  }
}
