import { type KernelConfig, TopK, type TopKAttrs, util } from '@tensorflow/tfjs';
import type { Unary } from './define.js';
import { numericKernel, typeOf } from './numeric.js';

/** The k largest elements of each row, largest first, and where they are; of equals, the first. */
export const topKKernels: readonly KernelConfig[] = [
  numericKernel<Unary, TopKAttrs>(TopK, ({ inputs: { x }, attrs: { k }, backend }) => {
    const length = x.shape.at(-1) ?? 1;
    const shape = [...x.shape.slice(0, -1), k];
    const values = backend.output(shape, typeOf(x));
    const indices = backend.output(shape, 'int32');
    const [from, to, places] = [x, values, indices].map((tensor) => backend.view(tensor));
    const rows = util.sizeFromShape(shape.slice(0, -1));
    for (let row = 0; row < rows; row++) {
      const elements = from!.subarray(row * length, (row + 1) * length);
      const order = Array.from({ length }, (_, i) => i).sort((i, j) => elements[j]! - elements[i]! || i - j);
      for (let i = 0; i < k; i++) {
        to![row * k + i] = elements[order[i]!]!;
        places![row * k + i] = order[i]!;
      }
    }
    return [values, indices];
  }),
];
