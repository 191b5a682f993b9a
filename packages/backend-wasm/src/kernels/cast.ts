import { Cast, type CastAttrs, type KernelConfig } from '@tensorflow/tfjs';
import { runFallback } from '../fallback.js';
import type { Unary } from './define.js';
import { cast, isNumeric, numericKernel } from './numeric.js';

/** Conversion between element types. float32 to int32 cuts the fraction off; whatever is not 0 is true. */
export const castKernels: readonly KernelConfig[] = [
  numericKernel<Unary, CastAttrs>(Cast, ({ inputs: { x }, attrs: { dtype }, backend }) =>
    isNumeric(dtype)
      ? cast(backend, x, dtype)
      : runFallback(Cast, { inputs: { x }, attrs: { dtype }, backend }),
  ),
];
