import type { backend_util, TensorInfo } from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.ts';
import { packB, packedBytes, tileRows } from '../gemm.ts';
import { forwardTaps, tapTable } from './taps.ts';
import { winogradFilterGradient, winogradPays } from './winograd.ts';

/** Output positions that one slice of a filter gradient sums over, when it has few rows to share out. */
const SLICE = 2048;

/**
 * The gradient of the filter: dw [filterShape] from x [inShape] and dy [outShape].
 */
export function convFilterGradient(
  backend: WasmBackend,
  x: TensorInfo,
  dy: TensorInfo,
  info: backend_util.Conv2DInfo,
): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const taps = forwardTaps(info);
  const rows = taps.length * inChannels;
  const positions = batchSize * outHeight * outWidth;
  const dw = backend.output(info.filterShape, 'float32');
  if (winogradPays(info)) {
    winogradFilterGradient(backend, x, dy, dw, info);
    return dw;
  }
  const packed = backend.allocateTemporary(packedBytes(backend, positions, outChannels));
  packB(
    backend,
    { pointer: backend.pointer(dy), rowStride: outChannels, columnStride: 1 },
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
    backend.pointer(x),
    inHeight,
    inWidth,
    inChannels,
    table,
    taps.length,
    info.strideHeight,
    info.strideWidth,
    packed,
    outChannels,
    target,
    positions,
    outHeight,
    outWidth,
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
