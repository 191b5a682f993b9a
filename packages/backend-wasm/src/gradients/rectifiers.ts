import { type Derivatives, gradientDepth, type Operation, type Replacement } from '@ganjs/autodiff';
import { engine, getGradient } from '@tensorflow/tfjs';
import { GanjsLeakyReluGradient } from '../kernels/leakyReluGradient.js';

/** relu or leaky relu: one kernel instead of a mask, a product and a choice. */
export function rectifierNode({ name, inputs, attributes }: Operation): Replacement | undefined {
  if (inputs.x?.dtype !== 'float32') return undefined;
  const alpha = (attributes?.alpha as number | undefined) ?? 0;
  return {
    inputs,
    gradient: (dy, saved, attrs) =>
      gradientDepth() > 0
        ? (getGradient(name).gradFunc(dy, saved, attrs) as Derivatives)
        : { x: () => engine().runKernel(GanjsLeakyReluGradient, { dy, x: saved[0]! }, { alpha }) },
  };
}
