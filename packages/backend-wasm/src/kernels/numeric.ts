import {
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { runFallback } from '../fallback.js';
import { defineKernel, type KernelCall } from './define.js';

/** Types whose elements live in wasm memory. */
export type NumericType = 'float32' | 'int32' | 'bool';

/** Elements that a thread takes at a time: cheap operations are bound by memory, costly ones are not. */
export const GRAIN = 16384;
/** Elements a thread takes at least of an operation that costs much for each. */
export const COSTLY_GRAIN = 4096;

/** Units that a thread takes at a time when each goes through `elements` elements, which may be none. */
export function grainOf(elements: number, grain = GRAIN): number {
  return Math.max(1, Math.floor(grain / Math.max(elements, 1)));
}

/** Whether a dtype holds numbers that the kernels compute with. */
export function isNumeric(dtype: TensorInfo['dtype']): dtype is NumericType {
  return dtype === 'float32' || dtype === 'int32' || dtype === 'bool';
}

/** Type of a tensor that `numericKernel` has checked. */
export function typeOf(x: TensorInfo): NumericType {
  return x.dtype as NumericType;
}

/** A kernel for numeric tensors; complex64 and string tensors go to the cpu backend's code. */
export function numericKernel<Inputs extends object, Attrs = NamedAttrMap>(
  kernelName: string,
  kernel: (call: KernelCall<Inputs, Attrs>) => TensorInfo | TensorInfo[],
): KernelConfig {
  return defineKernel<Inputs, Attrs>(kernelName, (call) => {
    // An input may be a list (Concat, AddN, ...) or absent.
    const tensors = Object.values(call.inputs).flat() as (TensorInfo | undefined)[];
    if (tensors.every((x) => x == null || isNumeric(x.dtype))) return kernel(call);
    return runFallback(kernelName, {
      inputs: call.inputs as unknown as NamedTensorInfoMap,
      attrs: call.attrs as NamedAttrMap,
      backend: call.backend,
    });
  });
}

/** Calls `use` with the address of these int32 values in wasm memory. */
export function withInts<T>(backend: WasmBackend, values: readonly number[], use: (pointer: number) => T): T {
  const pointer = backend.allocateTemporary(values.length * 4);
  try {
    backend.runtime.newMemory(pointer, values.length * 4).i32.set(values, pointer / 4);
    return use(pointer);
  } finally {
    backend.releaseTemporary(pointer);
  }
}

/** Kernels from one type to another. */
const castKernels = {
  'float32 bool': 'floatToBool',
  'int32 bool': 'intToBool',
  'bool float32': 'boolToFloat',
  'bool int32': 'boolToInt',
} as const;

/** The same, of those that are functions of an element like any other, with parameters. */
const castMaps = { 'float32 int32': 'floatToInt', 'int32 float32': 'intToFloat' } as const;

const isKey = <Table extends object>(table: Table, key: string): key is Extract<keyof Table, string> =>
  key in table;

/** The tensor in another type; the same data if it has that type already. The caller disposes the result. */
export function cast(backend: WasmBackend, x: TensorInfo, dtype: NumericType): TensorInfo {
  const types = `${x.dtype} ${dtype}`;
  if (!isKey(castMaps, types) && !isKey(castKernels, types)) return backend.alias(x);
  const out = backend.output(x.shape, dtype);
  const size = util.sizeFromShape(x.shape);
  const pointers = backend.pointers(x, out);
  if (isKey(castMaps, types)) {
    backend.runtime.parallel(castMaps[types], size, GRAIN, [...pointers, 0, 0]);
  } else {
    backend.runtime.parallel(castKernels[types], size, GRAIN, pointers);
  }
  return out;
}
