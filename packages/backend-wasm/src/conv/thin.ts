import type { TensorInfo } from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { gemm } from '../gemm.js';
import { Activation, RegisterBlock } from '../generated/constants.js';

/** Images in memory: [batch, height, width, channels]. */
interface Images {
  pointer: number;
  height: number;
  width: number;
  channels: number;
}

/** Not the variant's own width: which sums are formed must not depend on the variant. */
export const WIDEST_PANEL = RegisterBlock.WIDE_COLUMNS;

/** How much more the usual product must compute before this way pays. */
const MIN_SAVING = 2;

/**
 * Whether a convolution to `channels` channels by `taps` taps wastes so much of the register block's width that one
 * product with all taps side by side is cheaper.
 */
export function thinPays(channels: number, taps: number): boolean {
  const padded = (columns: number) => Math.ceil(columns / WIDEST_PANEL) * WIDEST_PANEL;
  return padded(taps * channels) * MIN_SAVING <= taps * padded(channels);
}

/**
 * out[n, y, x, c] = activation(bias[c] + sum over taps t and channels k of
 * d[n, (y + tapY) / stepY, (x + tapX) / stepX, k] w[t, c, k]), for whole quotients inside of d.
 *
 * @param w address of the kernels and element strides of (k, all taps' channels): w[t, c, k] must be a matrix
 * @param table taps as the kernels read them: pairs (tapY, tapX)
 */
export function thinConv(
  backend: WasmBackend,
  batch: number,
  d: Images,
  w: { pointer: number; rowStride: number; columnStride: number },
  table: number,
  taps: number,
  [stepY, stepX]: readonly [number, number],
  out: Images,
  epilogue: readonly [number, number, number],
): void {
  const rows = batch * d.height * d.width;
  const columns = taps * out.channels;
  const planes: TensorInfo = backend.output([rows, columns], 'float32');
  gemm(
    backend,
    { pointer: d.pointer, rowStride: d.channels, columnStride: 1, offsets: [0] },
    { ...w, offsets: [0], batch: [0] },
    planes,
    [rows, columns, d.channels],
    [0, Activation.LINEAR, 0],
  );
  backend.runtime.parallel('sumShifted', batch * out.height, 8, [
    backend.pointer(planes),
    d.height,
    d.width,
    table,
    taps,
    stepY,
    stepX,
    out.channels,
    out.pointer,
    out.height,
    out.width,
    ...epilogue,
  ]);
  backend.disposeIntermediate(planes);
}
