import {
  BatchToSpaceND,
  type BatchToSpaceNDAttrs,
  backend_util,
  Concat,
  type ConcatAttrs,
  DepthToSpace,
  type DepthToSpaceAttrs,
  ExpandDims,
  type ExpandDimsAttrs,
  FlipLeftRight,
  type KernelConfig,
  Pack,
  type PackAttrs,
  Reverse,
  type ReverseAttrs,
  Slice,
  type SliceAttrs,
  SpaceToBatchND,
  type SpaceToBatchNDAttrs,
  SplitV,
  type SplitVAttrs,
  StridedSlice,
  type StridedSliceAttrs,
  slice_util,
  type TensorInfo,
  Tile,
  type TileAttrs,
  Transpose,
  type TransposeAttrs,
  Unpack,
  type UnpackAttrs,
  util,
} from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { copyInto, copyView, stridesOf, type View } from './copy.js';
import { defineKernel, type Unary } from './define.js';
import { numericKernel, typeOf } from './numeric.js';
import { pad } from './pad.js';

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);

/** The tensor under another shape, in its place: for intermediate results. */
function renamed(x: TensorInfo, shape: readonly number[]): TensorInfo {
  return { ...x, shape: [...shape] };
}

function resized(shape: readonly number[], axis: number, size: number): number[] {
  return shape.map((own, i) => (i === axis ? size : own));
}

function permuted(x: TensorInfo, perm: readonly number[]): View {
  const strides = stridesOf(x.shape);
  return {
    shape: perm.map((axis) => x.shape[axis]!),
    strides: perm.map((axis) => strides[axis]!),
    offset: 0,
  };
}

/** x with its axes in the order `perm`. */
export function transpose(backend: WasmBackend, x: TensorInfo, perm: readonly number[]): TensorInfo {
  return copyView(backend, x, permuted(x, perm));
}

function slice(
  backend: WasmBackend,
  x: TensorInfo,
  begin: readonly number[],
  size: readonly number[],
): TensorInfo {
  if (util.arraysEqual(x.shape, size as number[])) return backend.alias(x);
  const strides = stridesOf(x.shape);
  return copyView(backend, x, { shape: size, strides, offset: dot(begin, strides) });
}

/** The parts of x along an axis. */
function split(backend: WasmBackend, x: TensorInfo, axis: number, sizes: readonly number[]): TensorInfo[] {
  let from = 0;
  return sizes.map((length) => {
    const begin = x.shape.map((_, i) => (i === axis ? from : 0));
    from += length;
    return slice(backend, x, begin, resized(x.shape, axis, length));
  });
}

function concat(backend: WasmBackend, tensors: readonly TensorInfo[], axis: number): TensorInfo {
  const shapes = tensors.map((x) => x.shape);
  backend_util.assertParamsConsistent(shapes, axis);
  const filled = tensors.filter((x) => util.sizeFromShape(x.shape) > 0);
  if (filled.length === 1) return backend.alias(filled[0]!);
  const out = backend.output(backend_util.computeOutShape(shapes, axis), typeOf(tensors[0]!));
  const stride = stridesOf(out.shape)[axis]!;
  let offset = 0;
  for (const x of filled) {
    copyInto(backend, x, out, offset);
    offset += x.shape[axis]! * stride;
  }
  return out;
}

function expandedShape(shape: readonly number[], dim: number): number[] {
  util.assert(
    -(shape.length + 1) <= dim && dim <= shape.length,
    () => `Axis must be in the interval [${-(shape.length + 1)}, ${shape.length}]`,
  );
  const axis = dim < 0 ? shape.length + dim + 1 : dim;
  return [...shape.slice(0, axis), 1, ...shape.slice(axis)];
}

function reverse(backend: WasmBackend, x: TensorInfo, axes: readonly number[]): TensorInfo {
  const strides = stridesOf(x.shape);
  let offset = 0;
  for (const axis of new Set(axes)) {
    offset += (x.shape[axis]! - 1) * strides[axis]!;
    strides[axis] = -strides[axis]!;
  }
  return copyView(backend, x, { shape: x.shape, strides, offset });
}

/** Kernels that move elements without computing. */
export const shapeKernels: readonly KernelConfig[] = [
  defineKernel<{ input: TensorInfo }, ExpandDimsAttrs>(ExpandDims, ({ inputs: { input }, attrs, backend }) =>
    backend.alias(input, expandedShape(input.shape, attrs.dim)),
  ),
  numericKernel<Unary, TransposeAttrs>(Transpose, ({ inputs: { x }, attrs: { perm }, backend }) =>
    transpose(backend, x, perm),
  ),
  numericKernel<Unary, SliceAttrs>(Slice, ({ inputs: { x }, attrs, backend }) => {
    const [begin, size] = slice_util.parseSliceParams(x as never, attrs.begin, attrs.size);
    slice_util.assertParamsValid(x, begin!, size!);
    return slice(backend, x, begin!, size!);
  }),
  numericKernel<Unary, StridedSliceAttrs>(StridedSlice, ({ inputs: { x }, attrs, backend }) => {
    const { begin, end, strides, finalShape } = slice_util.sliceInfo(
      x.shape,
      attrs.begin,
      attrs.end,
      attrs.strides,
      attrs.beginMask,
      attrs.endMask,
      attrs.ellipsisMask,
      attrs.newAxisMask,
      attrs.shrinkAxisMask,
    );
    const shape = strides.map((stride, i) => Math.max(0, Math.ceil((end[i]! - begin[i]!) / stride)));
    if (strides.every((stride) => stride === 1)) return renamed(slice(backend, x, begin, shape), finalShape);
    const own = stridesOf(x.shape);
    const view = { shape, strides: own.map((s, i) => s * strides[i]!), offset: dot(begin, own) };
    return renamed(copyView(backend, x, view), finalShape);
  }),
  numericKernel<TensorInfo[], ConcatAttrs>(Concat, ({ inputs, attrs, backend }) =>
    concat(backend, inputs, util.parseAxisParam(attrs.axis, inputs[0]!.shape)[0]!),
  ),
  numericKernel<TensorInfo[], PackAttrs>(Pack, ({ inputs, attrs, backend }) => {
    const [first] = inputs as [TensorInfo];
    for (const { shape, dtype } of inputs) {
      util.assertShapesMatch(first.shape, shape, 'All tensors passed to stack must have matching shapes');
      util.assert(first.dtype === dtype, () => 'All tensors passed to stack must have matching dtypes');
    }
    const shape = expandedShape(first.shape, attrs.axis);
    const axis = attrs.axis < 0 ? attrs.axis + shape.length : attrs.axis;
    const rows = inputs.map((x) => renamed(x, shape));
    const out = concat(backend, rows, axis);
    return renamed(out, resized(shape, axis, inputs.length));
  }),
  numericKernel<{ value: TensorInfo }, UnpackAttrs>(Unpack, ({ inputs: { value }, attrs, backend }) => {
    const axis = attrs.axis < 0 ? attrs.axis + value.shape.length : attrs.axis;
    const shape = value.shape.filter((_, i) => i !== axis);
    const ones = new Array<number>(value.shape[axis]!).fill(1);
    return split(backend, value, axis, ones).map((part) => renamed(part, shape));
  }),
  numericKernel<Unary, SplitVAttrs>(SplitV, ({ inputs: { x }, attrs, backend }) => {
    const axis = util.parseAxisParam(attrs.axis, x.shape)[0]!;
    return split(backend, x, axis, backend_util.prepareSplitSize(x as never, attrs.numOrSizeSplits, axis));
  }),
  numericKernel<Unary, TileAttrs>(Tile, ({ inputs: { x }, attrs: { reps }, backend }) => {
    const own = stridesOf(x.shape);
    const view = {
      shape: x.shape.flatMap((size, i) => [reps[i]!, size]),
      strides: own.flatMap((stride) => [0, stride]),
      offset: 0,
    };
    return renamed(
      copyView(backend, x, view),
      x.shape.map((size, i) => size * reps[i]!),
    );
  }),
  numericKernel<Unary, ReverseAttrs>(Reverse, ({ inputs: { x }, attrs: { dims }, backend }) =>
    x.shape.length === 0 ? backend.alias(x) : reverse(backend, x, util.parseAxisParam(dims, x.shape)),
  ),
  numericKernel<{ image: TensorInfo }>(FlipLeftRight, ({ inputs: { image }, backend }) =>
    reverse(backend, image, [2]),
  ),
  numericKernel<Unary, DepthToSpaceAttrs>(DepthToSpace, ({ inputs: { x }, attrs, backend }) => {
    const { blockSize: block, dataFormat } = attrs;
    util.assert(
      dataFormat === 'NHWC',
      () => `depthToSpace: dataFormat is ${dataFormat}, but only NHWC is implemented; transpose the images.`,
    );
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    const depth = channels / (block * block);
    const blocks = renamed(x, [batch, height, width, block, block, depth]);
    return renamed(transpose(backend, blocks, [0, 1, 3, 2, 4, 5]), [
      batch,
      height * block,
      width * block,
      depth,
    ]);
  }),
  numericKernel<Unary, SpaceToBatchNDAttrs>(SpaceToBatchND, ({ inputs: { x }, attrs, backend }) => {
    const { blockShape, paddings } = attrs;
    const blocks = blockShape.reduce((product, b) => product * b, 1);
    const all = x.shape.map(
      (_, i): [number, number] => (paddings[i - 1] as [number, number] | undefined) ?? [0, 0],
    );
    const padded = pad(backend, x, all, 0);
    const shape = backend_util.getReshaped(padded.shape, blockShape, blocks, false);
    const perm = backend_util.getPermuted(shape.length, blockShape.length, false);
    const out = transpose(backend, renamed(padded, shape), perm);
    backend.disposeIntermediate(padded);
    return renamed(out, backend_util.getReshapedPermuted(padded.shape, blockShape, blocks, false));
  }),
  numericKernel<Unary, BatchToSpaceNDAttrs>(BatchToSpaceND, ({ inputs: { x }, attrs, backend }) => {
    const { blockShape, crops } = attrs;
    const blocks = blockShape.reduce((product, b) => product * b, 1);
    const shape = backend_util.getReshaped(x.shape, blockShape, blocks);
    const perm = backend_util.getPermuted(shape.length, blockShape.length);
    const whole = renamed(
      transpose(backend, renamed(x, shape), perm),
      backend_util.getReshapedPermuted(x.shape, blockShape, blocks),
    );
    const [begin, size] = slice_util.parseSliceParams(
      whole as never,
      backend_util.getSliceBeginCoords(crops, blockShape.length),
      backend_util.getSliceSize(whole.shape, crops, blockShape.length),
    );
    const out = slice(backend, whole, begin!, size!);
    backend.disposeIntermediate(whole);
    return out;
  }),
];
