import {
  AvgPool,
  type AvgPoolAttrs,
  AvgPoolGrad,
  backend_util,
  type KernelConfig,
  MaxPool,
  MaxPoolGrad,
  MaxPoolWithArgmax,
  type MaxPoolWithArgmaxAttrs,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import type { Unary } from './define.js';
import { filled } from './fill.js';
import { cast, grainOf, numericKernel, typeOf, withInts } from './numeric.js';

type PoolInfo = backend_util.Conv2DInfo;

function poolInfo(shape: readonly number[], attrs: AvgPoolAttrs): PoolInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  util.assert(
    shape.length === 4,
    () => `pooling: images must be [batch, height, width, channels], got [${shape}].`,
  );
  return backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

/** What assembly/pool.ts reads. */
function plan(info: PoolInfo): number[] {
  return [
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outHeight,
    info.outWidth,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
    info.dilationHeight,
    info.dilationWidth,
  ];
}

function pool(kernelName: string, kernel: 'avgPool' | 'maxPool'): KernelConfig {
  return numericKernel<Unary, AvgPoolAttrs>(kernelName, ({ inputs: { x }, attrs, backend }) => {
    const info = poolInfo(x.shape, attrs);
    if (info.filterHeight === 1 && info.filterWidth === 1 && util.arraysEqual(info.inShape, info.outShape)) {
      return backend.alias(x);
    }
    const floats = cast(backend, x, 'float32');
    const y = backend.output(info.outShape, 'float32');
    withInts(backend, plan(info), (pointer) => {
      const args = [...backend.pointers(floats, y), pointer] as const;
      backend.runtime.parallel(kernel, info.batchSize * info.outHeight, rowGrain(info), args);
    });
    const out = cast(backend, y, typeOf(x));
    backend.disposeIntermediate(floats);
    backend.disposeIntermediate(y);
    return out;
  });
}

/** Rows of y that a thread takes at a time. */
function rowGrain({ outWidth, outChannels, filterHeight, filterWidth }: PoolInfo): number {
  return grainOf(outWidth * outChannels * filterHeight * filterWidth);
}

/** What `add` puts, image by image, into a gradient of x that is zero: by `plan`, `grain` images at a time. */
function gradient(
  backend: WasmBackend,
  info: PoolInfo,
  add: (dx: TensorInfo, plan: number, grain: number) => void,
): TensorInfo {
  const dx = filled(backend, info.inShape, 'float32', 0);
  const perImage = util.sizeFromShape(info.outShape.slice(1)) * info.filterHeight * info.filterWidth;
  withInts(backend, plan(info), (pointer) => add(dx, pointer, grainOf(perImage)));
  return dx;
}

/** Kernels that pool NHWC images, and their gradients. */
export const poolKernels: readonly KernelConfig[] = [
  pool(AvgPool, 'avgPool'),
  pool(MaxPool, 'maxPool'),
  // As tfjs defines it: AvgPool divides by the elements inside the image, its gradient by the whole window.
  numericKernel<{ dy: TensorInfo; input: TensorInfo }, AvgPoolAttrs>(
    AvgPoolGrad,
    ({ inputs: { dy, input }, attrs, backend }) => {
      const info = poolInfo(input.shape, attrs);
      return gradient(backend, info, (dx, plan, grain) => {
        backend.runtime.parallel('avgPoolGrad', info.batchSize, grain, [...backend.pointers(dy, dx), plan]);
      });
    },
  ),
  numericKernel<{ dy: TensorInfo; input: TensorInfo }, AvgPoolAttrs>(
    MaxPoolGrad,
    ({ inputs: { dy, input }, attrs, backend }) => {
      const floats = cast(backend, input, 'float32');
      const info = poolInfo(input.shape, attrs);
      const dx = gradient(backend, info, (dx, plan, grain) => {
        const pointers = backend.pointers(dy, floats, dx);
        backend.runtime.parallel('maxPoolGrad', info.batchSize, grain, [...pointers, plan]);
      });
      backend.disposeIntermediate(floats);
      return dx;
    },
  ),
  numericKernel<Unary, MaxPoolWithArgmaxAttrs>(MaxPoolWithArgmax, ({ inputs: { x }, attrs, backend }) => {
    const { filterSize, strides, pad, includeBatchInIndex } = attrs;
    const info = poolInfo(x.shape, { filterSize, strides, pad });
    const floats = cast(backend, x, 'float32');
    const y = backend.output(info.outShape, 'float32');
    const indices = backend.output(info.outShape, 'int32');
    withInts(backend, plan(info), (pointer) => {
      const args = [...backend.pointers(floats, y, indices), pointer, includeBatchInIndex ? 1 : 0] as const;
      backend.runtime.parallel('maxPoolIndices', info.batchSize * info.outHeight, rowGrain(info), args);
    });
    const out = cast(backend, y, typeOf(x));
    backend.disposeIntermediate(floats);
    backend.disposeIntermediate(y);
    return [out, indices];
  }),
];
