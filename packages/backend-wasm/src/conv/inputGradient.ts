import type { backend_util, TensorInfo } from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { packB, packedBytes, tileColumns, tileRows } from '../gemm.js';
import { Activation } from '../generated/constants.js';
import { filled } from '../kernels/fill.js';
import { tapTable } from './taps.js';
import { thinConv, thinPays } from './thin.js';
import { winogradConv, winogradPays } from './winograd.js';

/** One residue class of input positions along an axis: positions first, first + stride, ... */
interface Phase {
  first: number;
  count: number;
  /** For each tap that reaches this class: its index in the filter and its offset in the output. */
  taps: { index: number; offset: number }[];
}

function phases(stride: number, pad: number, filterSize: number, inSize: number): Phase[] {
  return Array.from({ length: stride }, (_, residue) => {
    const first = (((residue - pad) % stride) + stride) % stride;
    const base = (first + pad - residue) / stride;
    const taps = [];
    for (let t = 0; residue + stride * t < filterSize; t++) {
      taps.push({ index: residue + stride * t, offset: base - t });
    }
    return { first, count: Math.max(0, Math.ceil((inSize - first) / stride)), taps };
  });
}

/**
 * The gradient of the input: dx [inShape] from dy [outShape], which is the transposed convolution. Input positions that agree modulo the
 * stride see the same taps, so each such phase is a plain convolution over dy: no inserted zeros.
 */
export function convInputGradient(
  backend: WasmBackend,
  dy: TensorInfo,
  filter: TensorInfo,
  info: backend_util.Conv2DInfo,
): TensorInfo {
  const {
    batchSize,
    inHeight,
    inWidth,
    inChannels,
    outHeight,
    outWidth,
    outChannels,
    strideHeight,
    strideWidth,
  } = info;
  if (winogradPays(info)) {
    // Stride 1: a convolution by the kernels turned by 180 degrees.
    const dx = backend.output(info.inShape, 'float32');
    winogradConv(
      backend,
      batchSize,
      { pointer: backend.pointer(dy), height: outHeight, width: outWidth, channels: outChannels },
      {
        pointer: backend.pointer(filter),
        size: info.filterHeight,
        flip: true,
        strides: [inChannels * outChannels, 1, outChannels],
      },
      [info.filterHeight - 1 - info.padInfo.top, info.filterWidth - 1 - info.padInfo.left],
      { pointer: backend.pointer(dx), height: inHeight, width: inWidth, channels: inChannels },
      [0, 0, 0],
    );
    return dx;
  }
  const filterTaps = info.filterHeight * info.filterWidth;
  if (thinPays(inChannels, filterTaps)) {
    const dx = backend.output(info.inShape, 'float32');
    const { top, left } = info.padInfo;
    const table = tapTable(
      backend,
      Array.from({ length: filterTaps }, (_, t) => [
        top - Math.floor(t / info.filterWidth),
        left - (t % info.filterWidth),
      ]),
    );
    thinConv(
      backend,
      batchSize,
      { pointer: backend.pointer(dy), height: outHeight, width: outWidth, channels: outChannels },
      { pointer: backend.pointer(filter), rowStride: 1, columnStride: outChannels },
      table,
      filterTaps,
      [strideHeight, strideWidth],
      { pointer: backend.pointer(dx), height: inHeight, width: inWidth, channels: inChannels },
      [0, 0, 0],
    );
    backend.releaseTemporary(table);
    return dx;
  }
  const rowPhases = phases(strideHeight, info.padInfo.top, info.filterHeight, inHeight);
  const columnPhases = phases(strideWidth, info.padInfo.left, info.filterWidth, inWidth);
  const untouched = [...rowPhases, ...columnPhases].some((phase) => phase.taps.length === 0);
  const dx = untouched
    ? filled(backend, info.inShape, 'float32', 0)
    : backend.output(info.inShape, 'float32');
  for (const row of rowPhases) {
    for (const column of columnPhases) {
      const rows = batchSize * row.count * column.count;
      const taps = row.taps.flatMap((y) => column.taps.map((x) => ({ y, x })));
      if (taps.length === 0 || rows === 0) continue;
      const depth = taps.length * outChannels;
      const packed = backend.allocateTemporary(packedBytes(backend, depth, inChannels));
      for (const [i, { y, x }] of taps.entries()) {
        const offset = (y.index * info.filterWidth + x.index) * inChannels * outChannels;
        packB(
          backend,
          { pointer: backend.pointer(filter) + offset * 4, rowStride: 1, columnStride: outChannels },
          outChannels,
          inChannels,
          packed,
          i * outChannels,
          depth,
        );
      }
      const table = tapTable(
        backend,
        taps.map(({ y, x }) => [y.offset, x.offset]),
      );
      const columns = tileColumns(backend, inChannels, tileRows(rows));
      backend.runtime.parallel('convTiles', tileRows(rows) * Math.ceil(inChannels / columns), 1, [
        backend.pointer(dy),
        outHeight,
        outWidth,
        outChannels,
        table,
        taps.length,
        1,
        1,
        packed,
        inChannels,
        backend.pointer(dx) + (row.first * inWidth + column.first) * inChannels * 4,
        rows,
        row.count,
        column.count,
        inHeight * inWidth * inChannels,
        strideHeight * inWidth * inChannels,
        strideWidth * inChannels,
        columns,
        0,
        Activation.LINEAR,
        0,
      ]);
      backend.releaseTemporary(table);
      backend.releaseTemporary(packed);
    }
  }
  return dx;
}
