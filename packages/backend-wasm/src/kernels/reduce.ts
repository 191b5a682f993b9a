import {
  All,
  type AllAttrs,
  Any,
  ArgMax,
  type ArgMaxAttrs,
  ArgMin,
  type KernelConfig,
  Max,
  type MaxAttrs,
  Mean,
  Min,
  Prod,
  Softmax,
  type SoftmaxAttrs,
  Sum,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { WasmArgumentError } from '../errors.js';
import { Tile } from '../generated/constants.js';
import type { KernelLike } from '../runtime/kernels.js';
import type { Unary } from './define.js';
import { filled } from './fill.js';
import { COSTLY_GRAIN, cast, grainOf, type NumericType, numericKernel, typeOf } from './numeric.js';
import { mapInPlace } from './unary.js';

type Operation = 'sum' | 'max' | 'min' | 'prod';

/** Elements that one accumulator adds up at most; see assembly/reduce.ts. */
const BLOCK_OF_ROWS = 128;
const BLOCK_OF_ELEMENTS = 2048;

/**
 * What a reduction of nothing gives, by the type of the elements. NumPy has no largest and smallest of nothing; these are
 * TensorFlow's.
 */
const identities: Readonly<Record<Operation, Readonly<Record<NumericType, number>>>> = {
  sum: { float32: 0, int32: 0, bool: 0 },
  max: { float32: Number.NEGATIVE_INFINITY, int32: -(2 ** 31), bool: 0 },
  min: { float32: Number.POSITIVE_INFINITY, int32: 2 ** 31 - 1, bool: 1 },
  prod: { float32: 1, int32: 1, bool: 1 },
};

/** A tensor seen as [outer, rows, inner], of which a kernel reduces the rows. */
type Reduced = readonly [outer: number, rows: number, inner: number];

/** float32 or int32 data in memory, seen as [outer, rows, inner] and reduced to a new tensor [outer, inner]. */
function reduceRows(backend: WasmBackend, operation: Operation, x: TensorInfo, view: Reduced): TensorInfo {
  const [outer, rows, inner] = view;
  const suffix = x.dtype === 'int32' ? 'I32' : 'F32';
  if (inner === 1) {
    const blocks = Math.ceil(rows / BLOCK_OF_ELEMENTS);
    const partial = backend.output([outer * blocks], x.dtype as 'float32' | 'int32');
    backend.runtime.parallel(
      `${operation}Rows${suffix}`,
      outer * blocks,
      grainOf(Math.min(rows, BLOCK_OF_ELEMENTS)),
      [backend.pointer(x), backend.pointer(partial), rows, BLOCK_OF_ELEMENTS],
    );
    return blocks === 1 ? partial : continued(backend, operation, partial, [outer, blocks, 1]);
  }
  // Narrow rows are taken several at a time, as one wide row.
  let fold = 1;
  while (inner * fold < Tile.REDUCED_COLUMNS && rows % (2 * fold) === 0 && rows > 2 * fold) fold *= 2;
  const count = rows / fold;
  const width = inner * fold;
  const blocks = Math.ceil(count / BLOCK_OF_ROWS);
  const units = outer * blocks * Math.ceil(width / Tile.REDUCED_COLUMNS);
  const partial = backend.output([outer * blocks * width], x.dtype as 'float32' | 'int32');
  backend.runtime.parallel(
    `${operation}Columns${suffix}`,
    units,
    grainOf(Math.min(count, BLOCK_OF_ROWS) * Math.min(width, Tile.REDUCED_COLUMNS)),
    [backend.pointer(x), backend.pointer(partial), count, width, BLOCK_OF_ROWS],
  );
  const left = blocks * fold;
  return left === 1 ? partial : continued(backend, operation, partial, [outer, left, inner]);
}

function continued(
  backend: WasmBackend,
  operation: Operation,
  partial: TensorInfo,
  view: Reduced,
): TensorInfo {
  const out = reduceRows(backend, operation, partial, view);
  backend.disposeIntermediate(partial);
  return out;
}

/**
 * x reduced along `axes`, which may be any, to float32 or int32. Neighbouring axes are reduced together, the last group
 * first.
 */
function reduce(
  backend: WasmBackend,
  operation: Operation,
  x: TensorInfo,
  axes: readonly number[],
  keepDims: boolean,
): TensorInfo {
  const shape = x.shape.flatMap((size, i) => (!axes.includes(i) ? [size] : keepDims ? [1] : []));
  if (util.sizeFromShape(x.shape) === 0) {
    return filled(backend, shape, numberType(x), identities[operation][typeOf(x)]);
  }
  let out = cast(backend, x, numberType(x));
  let inner = 1;
  let axis = x.shape.length - 1;
  while (axis >= 0) {
    let rows = 1;
    for (; axis >= 0 && axes.includes(axis); axis--) rows *= x.shape[axis]!;
    if (rows > 1) {
      const outer = util.sizeFromShape(x.shape.slice(0, axis + 1));
      const next = reduceRows(backend, operation, out, [outer, rows, inner]);
      backend.disposeIntermediate(out);
      out = next;
    }
    for (; axis >= 0 && !axes.includes(axis); axis--) inner *= x.shape[axis]!;
  }
  return { ...out, shape };
}

interface ReduceAttrs {
  axis: number | number[];
  keepDims: boolean;
}

function numberType(x: TensorInfo): 'float32' | 'int32' {
  return x.dtype === 'float32' ? 'float32' : 'int32';
}

/** A reduction whose result is int32 or float32 (`sameType`: or bool). */
function reduction(kernelName: string, operation: Operation, sameType: boolean): KernelConfig {
  return numericKernel<Unary, ReduceAttrs & MaxAttrs>(kernelName, ({ inputs: { x }, attrs, backend }) => {
    const axes = util.parseAxisParam(attrs.axis ?? attrs.reductionIndices, x.shape);
    const out = reduce(backend, operation, x, axes, attrs.keepDims);
    if (!sameType) return out;
    const same = cast(backend, out, typeOf(x));
    backend.disposeIntermediate(out);
    return same;
  });
}

/** A reduction of truth values. */
function truth(kernelName: string, operation: 'max' | 'min'): KernelConfig {
  return numericKernel<Unary, AllAttrs>(kernelName, ({ inputs: { x }, attrs, backend }) => {
    const axes = util.parseAxisParam(attrs.axis, x.shape);
    const values = cast(backend, x, 'bool');
    const reduced = reduce(backend, operation, values, axes, attrs.keepDims);
    const out = cast(backend, reduced, 'bool');
    for (const part of [values, reduced]) backend.disposeIntermediate(part);
    return out;
  });
}

/** The index of the largest or smallest element along an axis; of several, the first. */
function argReduction(
  kernelName: string,
  float32: KernelLike<'argMaxF32'>,
  int32: KernelLike<'argMaxF32'>,
): KernelConfig {
  return numericKernel<Unary, ArgMaxAttrs>(kernelName, ({ inputs: { x }, attrs, backend }) => {
    const axis = util.parseAxisParam(attrs.axis, x.shape)[0] ?? 0;
    const rows = x.shape[axis] ?? 1;
    if (rows === 0) {
      throw new WasmArgumentError(
        `${kernelName} along axis ${axis} of [${x.shape}]: that axis has no elements, so none of them is the ` +
          `${kernelName === ArgMax ? 'largest' : 'smallest'}; give an axis with at least one.`,
      );
    }
    const inner = util.sizeFromShape(x.shape.slice(axis + 1));
    const numbers = cast(backend, x, numberType(x));
    const out = backend.output(
      x.shape.filter((_, i) => i !== axis),
      'int32',
    );
    backend.runtime.parallel(
      numbers.dtype === 'float32' ? float32 : int32,
      util.sizeFromShape(out.shape),
      grainOf(rows),
      [backend.pointer(numbers), backend.pointer(out), rows, inner],
    );
    backend.disposeIntermediate(numbers);
    return out;
  });
}

/** Kernels that reduce tensors along axes, and softmax. */
export const reduceKernels: readonly KernelConfig[] = [
  reduction(Sum, 'sum', false),
  reduction(Prod, 'prod', false),
  reduction(Max, 'max', true),
  reduction(Min, 'min', true),
  truth(Any, 'max'),
  truth(All, 'min'),
  argReduction(ArgMax, 'argMaxF32', 'argMaxI32'),
  argReduction(ArgMin, 'argMinF32', 'argMinI32'),
  numericKernel<Unary, ReduceAttrs>(Mean, ({ inputs: { x }, attrs, backend }) => {
    const axes = util.parseAxisParam(attrs.axis, x.shape);
    const floats = cast(backend, x, 'float32');
    const sum = reduce(backend, 'sum', floats, axes, attrs.keepDims);
    backend.disposeIntermediate(floats);
    const count = axes.reduce((product, axis) => product * x.shape[axis]!, 1);
    if (count === 1) return sum;
    // A new tensor where nothing was reduced, so it may be changed in place.
    mapInPlace(backend, 'overF32', sum, count);
    return sum;
  }),
  numericKernel<{ logits: TensorInfo }, SoftmaxAttrs>(Softmax, ({ inputs: { logits }, attrs, backend }) => {
    const rank = logits.shape.length;
    if (attrs.dim !== -1 && attrs.dim !== rank - 1) {
      throw new Error(
        `softmax along axis ${attrs.dim} of a tensor of rank ${rank}: only the last axis is implemented; transpose it.`,
      );
    }
    const length = logits.shape[rank - 1] ?? 1;
    const size = util.sizeFromShape(logits.shape);
    const floats = cast(backend, logits, 'float32');
    const out = backend.output(logits.shape, 'float32');
    if (size > 0) {
      const args = [...backend.pointers(floats, out), length] as const;
      backend.runtime.parallel('softmaxRows', size / length, grainOf(length, COSTLY_GRAIN), args);
    }
    backend.disposeIntermediate(floats);
    return out;
  }),
];
