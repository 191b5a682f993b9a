import type { backend_util, TensorInfo } from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { packB, packedBytes, tileRows } from '../gemm.js';
import { transpose } from '../kernels/shape.js';
import { forwardTaps, type Tap, tapTable } from './taps.js';
import { WIDEST_PANEL } from './thin.js';
import { type Plane, winogradFilterGradient, winogradPays } from './winograd.js';

/** Output positions that one slice of a filter gradient sums over, when it has few rows to share out. */
const SLICE = 2048;
/** How much less the swapped product must compute. */
const SWAP_SAVING = 1.5;

/**
 * The gradient of the filter: dw [filterShape] from x [inShape] and dy [outShape].
 */
export function convFilterGradient(
  backend: WasmBackend,
  x: TensorInfo,
  dy: TensorInfo,
  info: backend_util.Conv2DInfo,
): TensorInfo {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const taps = forwardTaps(info);
  if (winogradPays(info)) {
    const dw = backend.output(info.filterShape, 'float32');
    winogradFilterGradient(backend, x, dy, dw, info);
    return dw;
  }
  const ofX = { pointer: backend.pointer(x), height: inHeight, width: inWidth, channels: inChannels };
  const ofDy = { pointer: backend.pointer(dy), height: outHeight, width: outWidth, channels: outChannels };
  const strides = [info.strideHeight, info.strideWidth] as const;
  if (strides.every((s) => s === 1) && swapPays(inChannels, outChannels)) {
    // dw[t, c, n] sums x[p, c] dy[p - t, n] over the positions of x too, with the channels of x side by side.
    const back = taps.map(([y, x]): Tap => [-y, -x]);
    const turned = shiftedProducts(backend, info.batchSize, ofDy, ofX, back, strides);
    const dw = transpose(backend, turned, [0, 2, 1]);
    backend.disposeIntermediate(turned);
    return { ...dw, shape: [...info.filterShape] };
  }
  const dw = shiftedProducts(backend, info.batchSize, ofX, ofDy, taps, strides);
  return { ...dw, shape: [...info.filterShape] };
}

/** Whether so few channels come out that most columns of a panel would be empty. By no variant's width: see thin.ts. */
function swapPays(inChannels: number, outChannels: number): boolean {
  const padded = (columns: number) => Math.ceil(columns / WIDEST_PANEL) * WIDEST_PANEL;
  return outChannels * padded(inChannels) * SWAP_SAVING <= inChannels * padded(outChannels);
}

/**
 * out[t, c, n] = sum over images and positions (i, j) of dy of x[i strideY + tapY, j strideX + tapX, c] dy[i, j, n], with
 * x zero outside: a tensor [taps, channels of x, channels of dy].
 */
function shiftedProducts(
  backend: WasmBackend,
  batch: number,
  x: Plane,
  dy: Plane,
  taps: readonly Tap[],
  strides: readonly [number, number],
): TensorInfo {
  const rows = taps.length * x.channels;
  const outChannels = dy.channels;
  const positions = batch * dy.height * dy.width;
  const dw = backend.output([taps.length, x.channels, outChannels], 'float32');
  const packed = backend.allocateTemporary(packedBytes(backend, positions, outChannels));
  packB(
    backend,
    { pointer: dy.pointer, rowStride: outChannels, columnStride: 1 },
    positions,
    outChannels,
    packed,
  );
  const table = tapTable(backend, taps);
  // The number of slices depends on the shapes only, so that any number of threads adds in the same order.
  const wanted = Math.ceil(16 / tileRows(rows));
  const slices = Math.min(wanted, Math.ceil(positions / SLICE));
  const slice = Math.ceil(positions / slices);
  const size = rows * outChannels;
  const target = slices === 1 ? backend.pointer(dw) : backend.allocateTemporary(slices * size * 4);
  backend.runtime.parallel('convFilterTiles', tileRows(rows) * slices, 1, [
    x.pointer,
    x.height,
    x.width,
    x.channels,
    table,
    taps.length,
    ...strides,
    packed,
    outChannels,
    target,
    positions,
    dy.height,
    dy.width,
    slice,
  ]);
  if (slices > 1) {
    backend.runtime.parallel('sumSlices', size, 16384, [target, slices, size, backend.pointer(dw)]);
    backend.releaseTemporary(target);
  }
  backend.releaseTemporary(table);
  backend.releaseTemporary(packed);
  return dw;
}
