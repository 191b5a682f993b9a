import type { KernelConfig } from '@tensorflow/tfjs';
import { conv2dKernels } from './conv2d.ts';
import { fillKernels } from './fill.ts';
import { matMulKernels } from './matMul.ts';
import { structureKernels } from './structure.ts';

/** Every kernel that this backend implements itself; all others run through the cpu backend's code. */
export const kernels: readonly KernelConfig[] = [
  ...structureKernels,
  ...fillKernels,
  ...matMulKernels,
  ...conv2dKernels,
];
