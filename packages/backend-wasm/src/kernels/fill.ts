import {
  Fill,
  type FillAttrs,
  type KernelConfig,
  OnesLike,
  type TensorInfo,
  util,
  ZerosLike,
} from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { runFallback } from '../fallback.js';
import { defineKernel, type Unary } from './define.js';

const GRAIN = 65536;
const bits = new DataView(new ArrayBuffer(4));

/** A new tensor with all elements equal to `value`. */
export function filled(
  backend: WasmBackend,
  shape: readonly number[],
  dtype: 'float32' | 'int32' | 'bool',
  value: number,
): TensorInfo {
  const out = backend.output(shape, dtype);
  const size = util.sizeFromShape(out.shape);
  const pointer = backend.pointer(out);
  if (dtype === 'bool') {
    backend.runtime.parallel('fill8', size, GRAIN, [pointer, value === 0 ? 0 : 1]);
  } else {
    if (dtype === 'float32') bits.setFloat32(0, value);
    else bits.setInt32(0, value);
    backend.runtime.parallel('fill32', size, GRAIN, [pointer, bits.getInt32(0)]);
  }
  return out;
}

function isNumeric(dtype: TensorInfo['dtype']): dtype is 'float32' | 'int32' | 'bool' {
  return dtype === 'float32' || dtype === 'int32' || dtype === 'bool';
}

/** Kernels that make constant tensors. */
export const fillKernels: readonly KernelConfig[] = [
  defineKernel<Record<string, never>, FillAttrs>(Fill, ({ inputs, attrs, backend }) => {
    const { shape, value } = attrs;
    const dtype = attrs.dtype ?? util.inferDtype(value);
    if (!isNumeric(dtype)) return runFallback(Fill, { inputs, attrs: { shape, value, dtype }, backend });
    return filled(backend, shape, dtype, Number(value));
  }),
  ...[ZerosLike, OnesLike].map((kernelName) =>
    defineKernel<Unary>(kernelName, ({ inputs, backend }) => {
      const { shape, dtype } = inputs.x;
      if (!isNumeric(dtype)) return runFallback(kernelName, { inputs: { x: inputs.x }, backend });
      return filled(backend, shape, dtype, kernelName === OnesLike ? 1 : 0);
    }),
  ),
];
