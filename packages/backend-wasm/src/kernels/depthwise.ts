import {
  DepthwiseConv2dNative,
  type DepthwiseConv2dNativeAttrs,
  DepthwiseConv2dNativeBackpropFilter,
  type DepthwiseConv2dNativeBackpropFilterAttrs,
  DepthwiseConv2dNativeBackpropInput,
  type DepthwiseConv2dNativeBackpropInputAttrs,
  FusedDepthwiseConv2D,
  type FusedDepthwiseConv2DAttrs,
  type KernelConfig,
  type TensorInfo,
} from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { type ConvInfo, convInfo, isCovered } from '../conv/convInfo.js';
import { runFallback } from '../fallback.js';
import { defineKernel } from './define.js';
import { applyEpilogue } from './epilogue.js';

const depthwise = { depthwise: true };

/** Strides, dilations and padding, in the order that the kernels take them. */
function geometry(info: ConvInfo) {
  const { strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo } = info;
  return [strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo.top, padInfo.left] as const;
}

function forward(backend: WasmBackend, x: TensorInfo, filter: TensorInfo, info: ConvInfo): TensorInfo {
  const out = backend.output(info.outShape, 'float32');
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  backend.runtime.parallel('depthwiseRows', batchSize * outHeight, 4, [
    ...([backend.pointer(x), inHeight, inWidth, inChannels, outChannels / inChannels] as const),
    ...([backend.pointer(filter), info.filterHeight, info.filterWidth] as const),
    ...geometry(info),
    ...([backend.pointer(out), outHeight, outWidth] as const),
  ]);
  return out;
}

type Tensors = { x: TensorInfo; filter: TensorInfo };
type FusedTensors = Tensors & { bias?: TensorInfo; preluActivationWeights?: TensorInfo };

/** Depthwise convolution, its two gradients, and the form with bias and activation. */
export const depthwiseKernels: readonly KernelConfig[] = [
  defineKernel<Tensors, DepthwiseConv2dNativeAttrs>(DepthwiseConv2dNative, ({ inputs, attrs, backend }) => {
    const { x, filter } = inputs;
    const info = convInfo(x.shape, filter.shape, attrs, depthwise);
    if (!isCovered([x, filter], info)) return runFallback(DepthwiseConv2dNative, { inputs, attrs, backend });
    return forward(backend, x, filter, info);
  }),
  defineKernel<FusedTensors, FusedDepthwiseConv2DAttrs>(
    FusedDepthwiseConv2D,
    ({ inputs, attrs, backend }) => {
      const { x, filter, bias, preluActivationWeights } = inputs;
      const info = convInfo(x.shape, filter.shape, attrs, depthwise);
      if (!isCovered([x, filter], info)) return runFallback(FusedDepthwiseConv2D, { inputs, attrs, backend });
      const { activation, leakyreluAlpha } = attrs;
      const out = forward(backend, x, filter, info);
      return applyEpilogue(backend, out, { bias, activation, leakyreluAlpha, preluActivationWeights });
    },
  ),
  defineKernel<{ dy: TensorInfo; filter: TensorInfo }, DepthwiseConv2dNativeBackpropInputAttrs>(
    DepthwiseConv2dNativeBackpropInput,
    ({ inputs, attrs, backend }) => {
      const { dy, filter } = inputs;
      const info = convInfo(attrs.inputShape, filter.shape, attrs, depthwise);
      if (!isCovered([filter], info, dy)) {
        return runFallback(DepthwiseConv2dNativeBackpropInput, { inputs, attrs, backend });
      }
      const dx = backend.output(info.inShape, 'float32');
      backend.runtime.parallel('depthwiseInputRows', info.batchSize * info.inHeight, 4, [
        ...([backend.pointer(dy), info.outHeight, info.outWidth] as const),
        ...([info.inChannels, info.outChannels / info.inChannels] as const),
        ...([backend.pointer(filter), info.filterHeight, info.filterWidth] as const),
        ...geometry(info),
        ...([backend.pointer(dx), info.inHeight, info.inWidth] as const),
      ]);
      return dx;
    },
  ),
  defineKernel<{ x: TensorInfo; dy: TensorInfo }, DepthwiseConv2dNativeBackpropFilterAttrs>(
    DepthwiseConv2dNativeBackpropFilter,
    ({ inputs, attrs, backend }) => {
      const { x, dy } = inputs;
      const info = convInfo(x.shape, attrs.filterShape, attrs, depthwise);
      if (!isCovered([x], info, dy)) {
        return runFallback(DepthwiseConv2dNativeBackpropFilter, { inputs, attrs, backend });
      }
      const dw = backend.output(info.filterShape, 'float32');
      backend.runtime.parallel('depthwiseFilterTaps', info.filterHeight * info.filterWidth, 1, [
        ...([backend.pointer(x), info.inHeight, info.inWidth] as const),
        ...([info.inChannels, info.outChannels / info.inChannels] as const),
        ...([backend.pointer(dy), info.outHeight, info.outWidth] as const),
        ...geometry(info),
        ...([backend.pointer(dw), info.filterWidth, info.batchSize] as const),
      ]);
      return dw;
    },
  ),
];
