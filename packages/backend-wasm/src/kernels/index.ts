import type { KernelConfig } from '@tensorflow/tfjs';
import { adamKernels } from './adam.js';
import { batchNormKernels } from './batchNorm.js';
import { binaryKernels } from './binary.js';
import { castKernels } from './cast.js';
import { conv2dKernels } from './conv2d.js';
import { depthwiseKernels } from './depthwise.js';
import { fillKernels } from './fill.js';
import { gatherKernels } from './gather.js';
import { leakyReluGradientKernels } from './leakyReluGradient.js';
import { matMulKernels } from './matMul.js';
import { padKernels } from './pad.js';
import { poolKernels } from './pool.js';
import { reduceKernels } from './reduce.js';
import { resizeKernels } from './resize.js';
import { scanKernels } from './scan.js';
import { selectKernels } from './select.js';
import { shapeKernels } from './shape.js';
import { structureKernels } from './structure.js';
import { topKKernels } from './topK.js';
import { unaryKernels } from './unary.js';
import { upfirdnKernels } from './upfirdn.js';

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
