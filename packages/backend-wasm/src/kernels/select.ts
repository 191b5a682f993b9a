import { type KernelConfig, Select, type TensorInfo, upcastType, util } from '@tensorflow/tfjs';
import { broadcastTo } from './copy.js';
import { cast, GRAIN, type NumericType, numericKernel } from './numeric.js';

/** condition ? t : e. The condition has the shape of t, or is a list along t's first axis. */
export const selectKernels: readonly KernelConfig[] = [
  numericKernel<{ condition: TensorInfo; t: TensorInfo; e: TensorInfo }>(Select, ({ inputs, backend }) => {
    const { shape } = inputs.t;
    const dtype = upcastType(inputs.t.dtype, inputs.e.dtype) as NumericType;
    const truth = cast(backend, inputs.condition, 'bool');
    const rows = [...truth.shape, ...shape.slice(truth.shape.length).map(() => 1)];
    const condition = broadcastTo(backend, { ...truth, shape: rows }, shape);
    const t = cast(backend, inputs.t, dtype);
    const e = cast(backend, inputs.e, dtype);
    const out = backend.output(shape, dtype);
    backend.runtime.parallel(
      dtype === 'bool' ? 'select8' : 'select32',
      util.sizeFromShape(shape),
      GRAIN,
      backend.pointers(condition, t, e, out),
    );
    for (const x of [truth, condition, t, e]) backend.disposeIntermediate(x);
    return out;
  }),
];
