import {
  backend_util,
  Diag,
  GatherNd,
  GatherV2,
  type GatherV2Attrs,
  type KernelConfig,
  LinSpace,
  type LinSpaceAttrs,
  OneHot,
  type OneHotAttrs,
  Range,
  type RangeAttrs,
  ScatterNd,
  type ScatterNdAttrs,
  SparseToDense,
  type SparseToDenseAttrs,
  type TensorInfo,
  TensorScatterUpdate,
  UnsortedSegmentSum,
  type UnsortedSegmentSumAttrs,
  util,
} from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { runFallback } from '../fallback.js';
import { copyBox, copyInto } from './copy.js';
import { defineKernel, type Unary } from './define.js';
import { filled } from './fill.js';
import { cast, GRAIN, grainOf, type NumericType, numericKernel, typeOf, withInts } from './numeric.js';

/** out[g, k] = x[g, indices[g / outer, k]], rows of `length` elements; `groups` times `count` of them. */
function gatherRows(
  backend: WasmBackend,
  x: TensorInfo,
  indices: number,
  out: TensorInfo,
  view: { groups: number; outer: number; rows: number; count: number; length: number },
): void {
  const { groups, outer, rows, count, length } = view;
  const bytes = length * util.bytesPerElement(x.dtype);
  const args = [backend.pointer(x), indices, backend.pointer(out), outer, rows, count, bytes] as const;
  backend.runtime.parallel('gatherRows', groups * count, grainOf(bytes, 4 * GRAIN), args);
}

/** out[indices[k]] += x[k], rows of `length` elements, indices outside [0, rows) being passed over. */
function scatterAdd(
  backend: WasmBackend,
  x: TensorInfo,
  indices: number,
  out: TensorInfo,
  [count, rows, length]: readonly [number, number, number],
): void {
  const kernel = x.dtype === 'float32' ? 'scatterAddF32' : 'scatterAddI32';
  const args = [backend.pointer(x), indices, backend.pointer(out), count, rows, length] as const;
  backend.runtime.parallel(kernel, length, Math.max(16, grainOf(count)), args);
}

interface IndexInfo {
  sliceRank: number;
  sliceSize: number;
  strides: number[];
  outputSize: number;
}

/** The number of the row that each of `count` index vectors of length `rank` names; an empty one names all there is. */
function flatIndices(
  backend: WasmBackend,
  indices: TensorInfo,
  [count, rank]: readonly [number, number],
  strides: readonly number[],
  rows: number,
  shape: readonly number[],
): number[] {
  const values = backend.view(indices) as Int32Array;
  return Array.from({ length: count }, (_, i) => {
    const index = values.subarray(i * rank, (i + 1) * rank);
    const flat = index.reduce((sum, v, j) => sum + v * strides[j]!, 0);
    if (flat < 0 || flat >= rows) throw new Error(`Invalid indices: ${index} does not index into ${shape}`);
    return flat;
  });
}

/** Writes rows into what `make` returns, or adds them to it. */
function scatter(
  backend: WasmBackend,
  [indices, updates]: readonly [TensorInfo, TensorInfo],
  shape: number[],
  make: () => TensorInfo,
  add: boolean,
): TensorInfo {
  const info = backend_util.calculateShapes(updates, indices, shape) as IndexInfo;
  const { sliceRank, sliceSize, strides, outputSize } = info;
  if (outputSize === 0) return make();
  const rows = outputSize / sliceSize;
  const count = util.sizeFromShape(indices.shape.slice(0, Math.max(1, indices.shape.length - 1)));
  const flat = flatIndices(backend, indices, [count, sliceRank], strides, rows, shape);
  const out = make();
  withInts(backend, flat, (table) => {
    if (add) {
      scatterAdd(backend, updates, table, out, [flat.length, rows, sliceSize]);
    } else {
      const bytes = sliceSize * util.bytesPerElement(out.dtype);
      const repeat = updates.shape.length === 0 ? 1 : 0;
      backend.runtime.parallel('scatterRows', bytes, grainOf(flat.length, 4 * GRAIN), [
        backend.pointer(updates),
        table,
        backend.pointer(out),
        flat.length,
        bytes,
        repeat,
      ]);
    }
  });
  return out;
}

/** Kernels that read or write rows by index. */
export const gatherKernels: readonly KernelConfig[] = [
  numericKernel<{ x: TensorInfo; indices: TensorInfo }, GatherV2Attrs>(
    GatherV2,
    ({ inputs: { x, indices }, attrs, backend }) => {
      const axis = util.parseAxisParam(attrs.axis, x.shape)[0]!;
      const dimension = x.shape[axis]!;
      for (const index of backend.view(indices)) {
        util.assert(
          index >= 0 && index < dimension,
          () => `GatherV2: the index value ${index} is not in [0, ${dimension - 1}]`,
        );
      }
      const { batchSize, outerSize, dimSize, sliceSize, outputShape } =
        backend_util.segment_util.collectGatherOpShapeInfo(
          x as never,
          indices as never,
          axis,
          attrs.batchDims ?? 0,
        );
      const out = backend.output(outputShape, typeOf(x));
      gatherRows(backend, x, backend.pointer(indices), out, {
        groups: batchSize * outerSize,
        outer: outerSize,
        rows: dimSize,
        count: util.sizeFromShape(indices.shape.slice(attrs.batchDims ?? 0)),
        length: sliceSize,
      });
      return out;
    },
  ),
  numericKernel<{ params: TensorInfo; indices: TensorInfo }>(
    GatherNd,
    ({ inputs: { params, indices }, backend }) => {
      const [shape, count, length, strides] = backend_util.prepareAndValidate(params, indices);
      const rank = indices.shape.at(-1)!;
      const rows = util.sizeFromShape(params.shape) / length;
      const flat = flatIndices(backend, indices, [count, rank], strides, rows, params.shape);
      const out = backend.output(shape, typeOf(params));
      const view = { groups: 1, outer: 1, rows, count: flat.length, length };
      withInts(backend, flat, (table) => gatherRows(backend, params, table, out, view));
      return out;
    },
  ),
  numericKernel<{ indices: TensorInfo; updates: TensorInfo }, ScatterNdAttrs>(
    ScatterNd,
    ({ inputs: { indices, updates }, attrs, backend }) => {
      if (updates.dtype === 'bool') {
        return runFallback(ScatterNd, {
          inputs: { indices, updates },
          attrs: { shape: attrs.shape },
          backend,
        });
      }
      const zeros = () => filled(backend, attrs.shape, typeOf(updates), 0);
      return scatter(backend, [indices, updates], attrs.shape, zeros, true);
    },
  ),
  numericKernel<{ tensor: TensorInfo; indices: TensorInfo; updates: TensorInfo }>(
    TensorScatterUpdate,
    ({ inputs: { tensor, indices, updates }, backend }) => {
      const copy = () => {
        const out = backend.output(tensor.shape, typeOf(tensor));
        copyInto(backend, tensor, out, 0);
        return out;
      };
      return scatter(backend, [indices, updates], tensor.shape, copy, false);
    },
  ),
  numericKernel<
    { sparseIndices: TensorInfo; sparseValues: TensorInfo; defaultValue: TensorInfo },
    SparseToDenseAttrs
  >(
    SparseToDense,
    ({ inputs: { sparseIndices, sparseValues, defaultValue }, attrs: { outputShape }, backend }) => {
      const background = () =>
        filled(backend, outputShape, typeOf(sparseValues), backend.view(defaultValue)[0]!);
      return scatter(backend, [sparseIndices, sparseValues], outputShape, background, false);
    },
  ),
  numericKernel<{ x: TensorInfo; segmentIds: TensorInfo }, UnsortedSegmentSumAttrs>(
    UnsortedSegmentSum,
    ({ inputs: { x, segmentIds }, attrs: { numSegments }, backend }) => {
      const count = util.sizeFromShape(segmentIds.shape);
      const inner = x.shape.slice(segmentIds.shape.length);
      const floats = cast(backend, x, x.dtype === 'int32' ? 'int32' : 'float32');
      const ids = cast(backend, segmentIds, 'int32');
      const out = filled(backend, [numSegments, ...inner], typeOf(floats), 0);
      const view = [count, numSegments, util.sizeFromShape(inner)] as const;
      scatterAdd(backend, floats, backend.pointer(ids), out, view);
      backend.disposeIntermediate(floats);
      backend.disposeIntermediate(ids);
      return out;
    },
  ),
  numericKernel<{ indices: TensorInfo }, OneHotAttrs>(OneHot, ({ inputs: { indices }, attrs, backend }) => {
    const { depth, onValue, offValue } = attrs;
    backend.pointer(indices); // brings them here, before any view is taken: that may grow the memory
    const out = filled(
      backend,
      [...indices.shape, depth],
      (attrs.dtype ?? 'float32') as NumericType,
      offValue,
    );
    const values = backend.view(out);
    for (const [row, index] of backend.view(indices).entries()) {
      if (index >= 0 && index < depth) values[row * depth + index] = onValue;
    }
    return out;
  }),
  defineKernel<Record<string, never>, RangeAttrs>(Range, ({ attrs, backend }) => {
    const { start, stop, dtype } = attrs;
    // tfjs counts down by itself when the step is left at 1.
    const step = stop < start && attrs.step === 1 ? -1 : attrs.step;
    const count = Math.max(0, Math.ceil((stop - start) / step));
    const out = backend.output([count], dtype);
    const values = backend.view(out);
    for (let i = 0; i < count; i++) values[i] = start + i * step;
    return out;
  }),
  defineKernel<Record<string, never>, LinSpaceAttrs>(LinSpace, ({ attrs, backend }) => {
    const { start, stop, num } = attrs;
    const out = backend.output([num], 'float32');
    const values = backend.view(out);
    const step = num > 1 ? (stop - start) / (num - 1) : 0;
    for (let i = 0; i < num; i++) values[i] = start + i * step;
    return out;
  }),
  numericKernel<Unary>(Diag, ({ inputs: { x }, backend }) => {
    const out = filled(backend, [...x.shape, ...x.shape], typeOf(x), 0);
    const size = util.sizeFromShape(x.shape);
    copyBox(backend, typeOf(x), backend.pointer(x), backend.pointer(out), [[size, 1, size + 1]]);
    return out;
  }),
];
