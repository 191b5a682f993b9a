import { type KernelConfig, type TensorInfo, util } from '@tensorflow/tfjs';
import { defineKernel } from './define.js';
import { GRAIN } from './numeric.js';

/** Name of the kernel that differentiates relu and leaky relu: dx = dy where x > 0, else alpha dy. All float32. */
export const GanjsLeakyReluGradient = 'GanjsLeakyReluGradient';

/** The kernel of LeakyReLU's gradient. */
export const leakyReluGradientKernels: readonly KernelConfig[] = [
  defineKernel<{ dy: TensorInfo; x: TensorInfo }, { alpha: number }>(
    GanjsLeakyReluGradient,
    ({ inputs: { dy, x }, attrs: { alpha }, backend }) => {
      const out = backend.output(x.shape, 'float32');
      const args = [...backend.pointers(dy, x, out), alpha] as const;
      backend.runtime.parallel('leakyReluGradient', util.sizeFromShape(x.shape), GRAIN, args);
      return out;
    },
  ),
];
