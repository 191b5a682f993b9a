import {
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.ts';
import { runFallback } from '../fallback.ts';
import type { KernelExport } from '../generated/kernels.ts';
import { defineKernel, type KernelCall } from './define.ts';

/** Types whose elements live in wasm memory. */
export type NumericType = 'float32' | 'int32' | 'bool';

/** Elements that a thread takes at a time: cheap operations are bound by memory, costly ones are not. */
export const GRAIN = 16384;
export const COSTLY_GRAIN = 4096;

/** Units that a thread takes at a time when each goes through `elements` elements, which may be none. */
export function grainOf(elements: number, grain = GRAIN): number {
  return Math.max(1, Math.floor(grain / Math.max(elements, 1)));
}

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

const castKernels: Readonly<Record<string, KernelExport>> = {
  'float32 int32': 'floatToInt',
  'float32 bool': 'floatToBool',
  'int32 float32': 'intToFloat',
  'int32 bool': 'intToBool',
  'bool float32': 'boolToFloat',
  'bool int32': 'boolToInt',
};

/** The tensor in another type; the same data if it has that type already. The caller disposes the result. */
export function cast(backend: WasmBackend, x: TensorInfo, dtype: NumericType): TensorInfo {
  const kernel = castKernels[`${x.dtype} ${dtype}`];
  if (kernel === undefined) return backend.alias(x);
  const out = backend.output(x.shape, dtype);
  const parameters = kernel === 'floatToInt' || kernel === 'intToFloat' ? [0, 0] : [];
  backend.runtime.parallel(kernel, util.sizeFromShape(x.shape), GRAIN, [
    backend.pointer(x),
    backend.pointer(out),
    ...parameters,
  ]);
  return out;
}
