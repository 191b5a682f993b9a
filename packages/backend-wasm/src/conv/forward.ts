import type { backend_util, TensorInfo } from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { packB, packedBytes, tileColumns, tileRows } from '../gemm.js';
import { type Epilogue, epilogueArguments, finishEpilogue } from '../kernels/epilogue.js';
import { forwardTaps, tapTable } from './taps.js';
import { thinConv, thinPays } from './thin.js';
import { winogradConv, winogradPays } from './winograd.js';

/**
 * The forward pass: out = activation(conv2d(x, filter) + bias).
 *
 * @param x float32 [batch, inHeight, inWidth, inChannels]
 * @param filter float32 [filterHeight, filterWidth, inChannels, outChannels]
 */
export function convForward(
  backend: WasmBackend,
  x: TensorInfo,
  filter: TensorInfo,
  info: backend_util.Conv2DInfo,
  epilogue: Epilogue,
): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const out = backend.output(info.outShape, 'float32');
  if (winogradPays(info)) {
    winogradConv(
      backend,
      batchSize,
      { pointer: backend.pointer(x), height: inHeight, width: inWidth, channels: inChannels },
      {
        pointer: backend.pointer(filter),
        size: info.filterHeight,
        flip: false,
        strides: [inChannels * outChannels, outChannels, 1],
      },
      [info.padInfo.top, info.padInfo.left],
      { pointer: backend.pointer(out), height: outHeight, width: outWidth, channels: outChannels },
      epilogueArguments(backend, epilogue),
    );
    return finishEpilogue(backend, out, epilogue);
  }
  const taps = forwardTaps(info);
  const depth = taps.length * inChannels;
  const table = tapTable(backend, taps);
  if (info.strideHeight === 1 && info.strideWidth === 1 && thinPays(outChannels, taps.length)) {
    const kernels = backend.allocateTemporary(depth * outChannels * 4);
    gatherKernels(backend, backend.pointer(filter), kernels, taps.length, inChannels, outChannels);
    thinConv(
      backend,
      batchSize,
      { pointer: backend.pointer(x), height: inHeight, width: inWidth, channels: inChannels },
      { pointer: kernels, rowStride: taps.length * outChannels, columnStride: 1 },
      table,
      taps.length,
      [1, 1],
      { pointer: backend.pointer(out), height: outHeight, width: outWidth, channels: outChannels },
      epilogueArguments(backend, epilogue),
    );
    backend.releaseTemporary(kernels);
    backend.releaseTemporary(table);
    return finishEpilogue(backend, out, epilogue);
  }
  const packed = backend.allocateTemporary(packedBytes(backend, depth, outChannels));
  packB(
    backend,
    { pointer: backend.pointer(filter), rowStride: outChannels, columnStride: 1 },
    depth,
    outChannels,
    packed,
  );
  const rows = batchSize * outHeight * outWidth;
  const columns = tileColumns(backend, outChannels, tileRows(rows));
  backend.runtime.parallel('convTiles', tileRows(rows) * Math.ceil(outChannels / columns), 1, [
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
    backend.pointer(out),
    rows,
    outHeight,
    outWidth,
    outHeight * outWidth * outChannels,
    outWidth * outChannels,
    outChannels,
    columns,
    ...epilogueArguments(backend, epilogue),
  ]);
  backend.releaseTemporary(packed);
  backend.releaseTemporary(table);
  return finishEpilogue(backend, out, epilogue);
}

/** Rearranges kernels [taps, channels in, channels out] to [channels in, taps, channels out]; they are few. */
function gatherKernels(
  backend: WasmBackend,
  from: number,
  to: number,
  taps: number,
  inChannels: number,
  outChannels: number,
): void {
  const { f32 } = backend.runtime.memoryViews;
  for (let t = 0; t < taps; t++) {
    for (let c = 0; c < inChannels; c++) {
      const source = from / 4 + (t * inChannels + c) * outChannels;
      f32.copyWithin(to / 4 + (c * taps + t) * outChannels, source, source + outChannels);
    }
  }
}
