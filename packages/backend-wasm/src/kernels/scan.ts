import { Cumprod, type CumprodAttrs, Cumsum, type KernelConfig, util } from '@tensorflow/tfjs';
import type { Unary } from './define.js';
import { cast, grainOf, numericKernel } from './numeric.js';

function scan(kernelName: string, kernel: 'cumsum' | 'cumprod'): KernelConfig {
  return numericKernel<Unary, CumprodAttrs>(kernelName, ({ inputs: { x }, attrs, backend }) => {
    const axis = util.parseAxisParam(attrs.axis, x.shape)[0] ?? 0;
    const rows = x.shape[axis] ?? 1;
    const inner = util.sizeFromShape(x.shape.slice(axis + 1));
    const numbers = cast(backend, x, x.dtype === 'float32' ? 'float32' : 'int32');
    const out = backend.output(x.shape, numbers.dtype as 'float32' | 'int32');
    const size = util.sizeFromShape(x.shape);
    if (size > 0) {
      backend.runtime.parallel(
        `${kernel}${numbers.dtype === 'float32' ? 'F32' : 'I32'}`,
        size / rows,
        grainOf(rows),
        [
          backend.pointer(numbers),
          backend.pointer(out),
          rows,
          inner,
          attrs.exclusive ? 1 : 0,
          attrs.reverse ? 1 : 0,
        ],
      );
    }
    backend.disposeIntermediate(numbers);
    return out;
  });
}

/** Running sums and products along an axis. */
export const scanKernels: readonly KernelConfig[] = [scan(Cumsum, 'cumsum'), scan(Cumprod, 'cumprod')];
