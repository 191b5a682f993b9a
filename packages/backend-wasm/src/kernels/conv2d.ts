import {
  Conv2D,
  type Conv2DAttrs,
  Conv2DBackpropFilter,
  type Conv2DBackpropFilterAttrs,
  Conv2DBackpropInput,
  type Conv2DBackpropInputAttrs,
  FusedConv2D,
  type FusedConv2DAttrs,
  type KernelConfig,
  type TensorInfo,
} from '@tensorflow/tfjs';
import { convInfo, isCovered } from '../conv/convInfo.js';
import { convFilterGradient } from '../conv/filterGradient.js';
import { convForward } from '../conv/forward.js';
import { convInputGradient } from '../conv/inputGradient.js';
import { runFallback } from '../fallback.js';
import { noteFused } from '../gradients/fusedProducts.js';
import { defineKernel } from './define.js';
import { isChannelBias } from './epilogue.js';

type Conv2DTensors = { x: TensorInfo; filter: TensorInfo };
type FusedTensors = Conv2DTensors & { bias?: TensorInfo; preluActivationWeights?: TensorInfo };

/** 2-D convolution, its two gradients, and the form with bias and activation. */
export const conv2dKernels: readonly KernelConfig[] = [
  defineKernel<Conv2DTensors, Conv2DAttrs>(Conv2D, ({ inputs, attrs, backend }) => {
    const { x, filter } = inputs;
    const info = convInfo(x.shape, filter.shape, attrs);
    if (!isCovered([x, filter], info)) return runFallback(Conv2D, { inputs, attrs, backend });
    return convForward(backend, x, filter, info, {});
  }),
  defineKernel<FusedTensors, FusedConv2DAttrs>(FusedConv2D, ({ inputs, attrs, backend }) => {
    const { x, filter, bias, preluActivationWeights } = inputs;
    const info = convInfo(x.shape, filter.shape, attrs);
    if (!isCovered([x, filter], info) || !isChannelBias(bias, info.outChannels)) {
      return runFallback(FusedConv2D, { inputs, attrs, backend });
    }
    const { activation, leakyreluAlpha } = attrs;
    const out = convForward(backend, x, filter, info, {
      bias,
      activation,
      leakyreluAlpha,
      preluActivationWeights,
    });
    noteFused(out, attrs);
    return out;
  }),
  defineKernel<{ dy: TensorInfo; filter: TensorInfo }, Conv2DBackpropInputAttrs>(
    Conv2DBackpropInput,
    ({ inputs, attrs, backend }) => {
      const { dy, filter } = inputs;
      const info = convInfo(attrs.inputShape, filter.shape, attrs);
      if (!isCovered([filter], info, dy)) return runFallback(Conv2DBackpropInput, { inputs, attrs, backend });
      return convInputGradient(backend, dy, filter, info);
    },
  ),
  defineKernel<{ x: TensorInfo; dy: TensorInfo }, Conv2DBackpropFilterAttrs>(
    Conv2DBackpropFilter,
    ({ inputs, attrs, backend }) => {
      const { x, dy } = inputs;
      const info = convInfo(x.shape, attrs.filterShape, attrs);
      if (!isCovered([x], info, dy)) return runFallback(Conv2DBackpropFilter, { inputs, attrs, backend });
      return convFilterGradient(backend, x, dy, info);
    },
  ),
];
