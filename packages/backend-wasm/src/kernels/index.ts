import type { KernelConfig } from '@tensorflow/tfjs';
import { adamKernels } from './adam.ts';
import { batchNormKernels } from './batchNorm.ts';
import { binaryKernels } from './binary.ts';
import { castKernels } from './cast.ts';
import { conv2dKernels } from './conv2d.ts';
import { depthwiseKernels } from './depthwise.ts';
import { fillKernels } from './fill.ts';
import { gatherKernels } from './gather.ts';
import { leakyReluGradientKernels } from './leakyReluGradient.ts';
import { matMulKernels } from './matMul.ts';
import { padKernels } from './pad.ts';
import { poolKernels } from './pool.ts';
import { reduceKernels } from './reduce.ts';
import { resizeKernels } from './resize.ts';
import { scanKernels } from './scan.ts';
import { selectKernels } from './select.ts';
import { shapeKernels } from './shape.ts';
import { structureKernels } from './structure.ts';
import { topKKernels } from './topK.ts';
import { unaryKernels } from './unary.ts';
import { upfirdnKernels } from './upfirdn.ts';

/** Every kernel that this backend implements itself; all others run through the cpu backend's code. */
export const kernels: readonly KernelConfig[] = [
  ...structureKernels,
  ...fillKernels,
  ...matMulKernels,
  ...conv2dKernels,
  ...depthwiseKernels,
  ...batchNormKernels,
  ...adamKernels,
  ...binaryKernels,
  ...castKernels,
  ...gatherKernels,
  ...leakyReluGradientKernels,
  ...padKernels,
  ...poolKernels,
  ...reduceKernels,
  ...resizeKernels,
  ...scanKernels,
  ...selectKernels,
  ...shapeKernels,
  ...topKKernels,
  ...unaryKernels,
  ...upfirdnKernels,
];
