import {
  FusedBatchNorm,
  type FusedBatchNormAttrs,
  type KernelConfig,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';
import { runFallback } from '../fallback.ts';
import { defineKernel } from './define.ts';

interface Tensors {
  x: TensorInfo;
  mean: TensorInfo;
  variance: TensorInfo;
  offset?: TensorInfo;
  scale?: TensorInfo;
}

/** out = (x - mean) scale / sqrt(variance + epsilon) + offset. */
export const batchNormKernels: readonly KernelConfig[] = [
  defineKernel<Tensors, FusedBatchNormAttrs>(FusedBatchNorm, ({ inputs, attrs, backend }) => {
    const { x, mean, variance, offset, scale } = inputs;
    const parameters = [mean, variance, offset, scale];
    const sizes = parameters.map((p) => (p == null ? 0 : util.sizeFromShape(p.shape)));
    const channels = Math.max(...sizes);
    const size = util.sizeFromShape(x.shape);
    const covered =
      x.dtype === 'float32' &&
      parameters.every((p) => p == null || p.dtype === 'float32') &&
      sizes.every((s) => s <= 1 || s === channels) &&
      size > 0 &&
      size % channels === 0;
    if (!covered) return runFallback(FusedBatchNorm, { inputs, attrs, backend });
    const out = backend.output(x.shape, 'float32');
    const table = backend.allocateTemporary(3 * channels * 4);
    const pointers = parameters.map((p) => (p == null ? 0 : backend.pointer(p)));
    backend.runtime.call(
      'batchNormTable',
      ...pointers.flatMap((pointer, i) => [pointer, sizes[i]!]),
      attrs.varianceEpsilon ?? 0.001,
      table,
      channels,
    );
    backend.runtime.parallel('batchNormRows', size / channels, Math.ceil(32768 / channels), [
      backend.pointer(x),
      table,
      channels,
      backend.pointer(out),
    ]);
    backend.releaseTemporary(table);
    return out;
  }),
];
