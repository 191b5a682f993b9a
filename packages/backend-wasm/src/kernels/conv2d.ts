import {
  backend_util,
  Conv2D,
  type Conv2DAttrs,
  Conv2DBackpropFilter,
  type Conv2DBackpropFilterAttrs,
  Conv2DBackpropInput,
  type Conv2DBackpropInputAttrs,
  FusedConv2D,
  type FusedConv2DAttrs,
  type KernelConfig,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.ts';
import { runFallback } from '../fallback.ts';
import { packB, packedBytes, tileColumns, tileRows } from '../gemm.ts';
import { winogradConv, winogradFilterGradient, winogradPays } from '../winograd.ts';
import { defineKernel } from './define.ts';
import { type Epilogue, epilogueArguments, finishEpilogue, isChannelBias } from './epilogue.ts';
import { filled } from './fill.ts';

type ConvInfo = backend_util.Conv2DInfo;
type Shape4D = [number, number, number, number];
/** Offset of a tap from the position that it belongs to: (y, x). */
type Tap = readonly [number, number];

/** Writes the table of taps that the kernels read; the caller releases it. */
function tapTable(backend: WasmBackend, taps: readonly Tap[]): number {
  const table = backend.allocateTemporary(taps.length * 8);
  backend.runtime.i32.set(taps.flat(), table / 4);
  return table;
}

/** The taps of a forward convolution, in the order of the filter's rows. */
function forwardTaps(info: ConvInfo): Tap[] {
  const taps: Tap[] = [];
  for (let y = 0; y < info.filterHeight; y++) {
    for (let x = 0; x < info.filterWidth; x++) {
      taps.push([y * info.dilationHeight - info.padInfo.top, x * info.dilationWidth - info.padInfo.left]);
    }
  }
  return taps;
}

function forward(
  backend: WasmBackend,
  x: TensorInfo,
  filter: TensorInfo,
  info: ConvInfo,
  epilogue: Epilogue,
) {
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
 * The gradient of the input, which is the transposed convolution. Input positions that agree modulo the
 * stride see the same taps, so each such phase is a plain convolution over dy: no inserted zeros.
 */
function backpropInput(backend: WasmBackend, dy: TensorInfo, filter: TensorInfo, info: ConvInfo): TensorInfo {
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
        0,
        0,
      ]);
      backend.releaseTemporary(table);
      backend.releaseTemporary(packed);
    }
  }
  return dx;
}

/** Output positions that one slice of a filter gradient sums over, when it has few rows to share out. */
const SLICE = 2048;

function backpropFilter(backend: WasmBackend, x: TensorInfo, dy: TensorInfo, info: ConvInfo): TensorInfo {
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

/** Whether our kernels cover the case: float32, channels last, no empty dimension. */
function isCovered(tensors: readonly TensorInfo[], info: ConvInfo): boolean {
  return (
    info.dataFormat === 'channelsLast' &&
    tensors.every((t) => t.dtype === 'float32') &&
    [...info.inShape, ...info.outShape, ...info.filterShape].every((d) => d > 0)
  );
}

function convInfo(
  inShape: readonly number[],
  filterShape: readonly number[],
  attrs: Pick<Conv2DAttrs, 'strides' | 'pad' | 'dataFormat' | 'dimRoundingMode'>,
  dilations: number | [number, number] = 1,
): ConvInfo {
  return backend_util.computeConv2DInfo(
    inShape as Shape4D,
    filterShape as Shape4D,
    attrs.strides,
    dilations,
    attrs.pad,
    attrs.dimRoundingMode,
    false,
    backend_util.convertConv2DDataFormat(attrs.dataFormat),
  );
}

type Conv2DTensors = { x: TensorInfo; filter: TensorInfo };
type FusedTensors = Conv2DTensors & { bias?: TensorInfo; preluActivationWeights?: TensorInfo };

/** 2-D convolution, its two gradients, and the form with bias and activation. */
export const conv2dKernels: readonly KernelConfig[] = [
  defineKernel<Conv2DTensors, Conv2DAttrs>(Conv2D, ({ inputs, attrs, backend }) => {
    const { x, filter } = inputs;
    const info = convInfo(x.shape, filter.shape, attrs, attrs.dilations);
    if (!isCovered([x, filter], info)) return runFallback(Conv2D, { inputs, attrs, backend });
    return forward(backend, x, filter, info, {});
  }),
  defineKernel<FusedTensors, FusedConv2DAttrs>(FusedConv2D, ({ inputs, attrs, backend }) => {
    const { x, filter, bias, preluActivationWeights } = inputs;
    const info = convInfo(x.shape, filter.shape, attrs, attrs.dilations);
    if (!isCovered([x, filter], info) || !isChannelBias(bias, info.outChannels)) {
      return runFallback(FusedConv2D, { inputs, attrs, backend });
    }
    const { activation, leakyreluAlpha } = attrs;
    return forward(backend, x, filter, info, { bias, activation, leakyreluAlpha, preluActivationWeights });
  }),
  defineKernel<{ dy: TensorInfo; filter: TensorInfo }, Conv2DBackpropInputAttrs>(
    Conv2DBackpropInput,
    ({ inputs, attrs, backend }) => {
      const { dy, filter } = inputs;
      const info = convInfo(attrs.inputShape, filter.shape, attrs);
      if (!isCovered([dy, filter], info) || !util.arraysEqual(dy.shape, info.outShape))
        return runFallback(Conv2DBackpropInput, { inputs, attrs, backend });
      return backpropInput(backend, dy, filter, info);
    },
  ),
  defineKernel<{ x: TensorInfo; dy: TensorInfo }, Conv2DBackpropFilterAttrs>(
    Conv2DBackpropFilter,
    ({ inputs, attrs, backend }) => {
      const { x, dy } = inputs;
      const info = convInfo(x.shape, attrs.filterShape, attrs);
      if (!isCovered([x, dy], info) || !util.arraysEqual(dy.shape, info.outShape))
        return runFallback(Conv2DBackpropFilter, { inputs, attrs, backend });
      return backpropFilter(backend, x, dy, info);
    },
  ),
];
