import type { KernelConfig, KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { BACKEND_NAME } from '../name.js';

/** Inputs of the many kernels with one or two operands. */
export type Unary = { x: TensorInfo };
export type Binary = { a: TensorInfo; b: TensorInfo };

/** What a kernel function gets: inputs under the names, and attributes of the type, that tfjs-core declares. */
export interface KernelCall<Inputs, Attrs = NamedAttrMap> {
  inputs: Inputs;
  attrs: Attrs;
  backend: WasmBackend;
}

/** A kernel of this backend. */
export function defineKernel<Inputs, Attrs = NamedAttrMap>(
  kernelName: string,
  kernel: (call: KernelCall<Inputs, Attrs>) => TensorInfo | TensorInfo[],
): KernelConfig {
  return { kernelName, backendName: BACKEND_NAME, kernelFunc: kernel as unknown as KernelFunc };
}
