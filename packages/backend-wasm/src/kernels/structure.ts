import {
  Complex,
  Identity,
  Imag,
  type KernelConfig,
  Real,
  Reshape,
  type ReshapeAttrs,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';
import { defineKernel, type Unary } from './define.js';

/** Kernels that rename data without touching it, and the complex64 container. */
export const structureKernels: readonly KernelConfig[] = [
  defineKernel<Unary>(Identity, ({ inputs, backend }) => backend.alias(inputs.x)),
  defineKernel<Unary, ReshapeAttrs>(Reshape, ({ inputs, attrs, backend }) => {
    const size = util.sizeFromShape(inputs.x.shape);
    const shape = util.inferFromImplicitShape(attrs.shape, size);
    util.assert(
      size === util.sizeFromShape(shape),
      () =>
        `new shape: [${shape}] has ${util.sizeFromShape(shape)} elements, old shape: [${inputs.x.shape}] has ${size}.`,
    );
    return backend.alias(inputs.x, shape);
  }),
  defineKernel<{ real: TensorInfo; imag: TensorInfo }>(Complex, ({ inputs, backend }) => {
    const copy = (x: TensorInfo) => backend.makeTensorInfo(x.shape, 'float32', backend.readSync(x.dataId));
    return backend.complex(copy(inputs.real), copy(inputs.imag));
  }),
  ...[Real, Imag].map((kernelName) =>
    defineKernel<{ input: TensorInfo }>(kernelName, ({ inputs, backend }) => {
      const parts = backend.complexParts(inputs.input);
      const part = kernelName === Real ? parts.real : parts.imag;
      return backend.makeTensorInfo(inputs.input.shape, 'float32', backend.readSync(part.dataId));
    }),
  ),
];
