import {
  type KernelConfig,
  MirrorPad,
  type MirrorPadAttrs,
  PadV2,
  type PadV2Attrs,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { copyBox, copyInto, type Dimension, stridesOf } from './copy.js';
import type { Unary } from './define.js';
import { filled } from './fill.js';
import { numericKernel, typeOf } from './numeric.js';

type Paddings = readonly (readonly [number, number])[];

/** A slab of `out`: everything inside the image along earlier axes, everything along later ones. */
interface Slab {
  axis: number;
  /** First index along the axis, and how many. */
  begin: number;
  length: number;
}

/** Calls `copy` for the two slabs of padding along every axis, last axis first. Together they cover the border. */
function eachSlab(paddings: Paddings, shape: readonly number[], copy: (slab: Slab) => void): void {
  for (let axis = paddings.length - 1; axis >= 0; axis--) {
    const [before, after] = paddings[axis]!;
    if (before > 0) copy({ axis, begin: 0, length: before });
    if (after > 0) copy({ axis, begin: before + shape[axis]!, length: after });
  }
}

/** Sizes and destination strides of a slab, and its offset in `out`; `source` gives the source's strides. */
function slabBox(
  { axis, begin, length }: Slab,
  paddings: Paddings,
  shape: readonly number[],
  outShape: readonly number[],
  source: (axis: number, stride: number) => number,
): { box: Dimension[]; offset: number } {
  const strides = stridesOf(outShape);
  let offset = begin * strides[axis]!;
  const box = strides.map((stride, i): Dimension => {
    if (i < axis) offset += paddings[i]![0] * stride;
    const size = i < axis ? shape[i]! : i === axis ? length : outShape[i]!;
    return [size, source(i, stride), stride];
  });
  return { box, offset };
}

/** `out` with x at the place that the paddings leave for it; the border is undefined. */
function placed(backend: WasmBackend, x: TensorInfo, paddings: Paddings): TensorInfo {
  const shape = x.shape.map((size, i) => paddings[i]![0] + size + paddings[i]![1]);
  const out = backend.output(shape, typeOf(x));
  const strides = stridesOf(shape);
  copyInto(
    backend,
    x,
    out,
    paddings.reduce((sum, [before], i) => sum + before * strides[i]!, 0),
  );
  return out;
}

/** x with a border of `value`. */
export function pad(backend: WasmBackend, x: TensorInfo, paddings: Paddings, value: number): TensorInfo {
  const out = placed(backend, x, paddings);
  const constant = filled(backend, [1], typeOf(x), value);
  eachSlab(paddings, x.shape, (slab) => {
    const { box, offset } = slabBox(slab, paddings, x.shape, out.shape, () => 0);
    const target = backend.pointer(out) + offset * util.bytesPerElement(x.dtype);
    copyBox(backend, typeOf(x), backend.pointer(constant), target, box);
  });
  backend.disposeIntermediate(constant);
  return out;
}

/** x with a border that mirrors it: `reflect` leaves the edge out, `symmetric` repeats it. */
function mirrorPad(
  backend: WasmBackend,
  x: TensorInfo,
  paddings: Paddings,
  mode: MirrorPadAttrs['mode'],
): TensorInfo {
  const out = placed(backend, x, paddings);
  const bytes = util.bytesPerElement(x.dtype);
  const skip = mode === 'reflect' ? 1 : 0;
  eachSlab(paddings, x.shape, (slab) => {
    const { axis, begin } = slab;
    const { box, offset } = slabBox(slab, paddings, x.shape, out.shape, (i, stride) =>
      i === axis ? -stride : stride,
    );
    // The padding at index i mirrors index 2 * edge - i, whose own padding along later axes is there already.
    const [before] = paddings[axis]!;
    const edge = begin === 0 ? 2 * before - 1 + skip : 2 * (before + x.shape[axis]!) - 1 - skip;
    const stride = stridesOf(out.shape)[axis]!;
    const base = backend.pointer(out);
    const target = base + offset * bytes;
    copyBox(backend, typeOf(x), target + (edge - 2 * begin) * stride * bytes, target, box);
  });
  return out;
}

/** Kernels that put borders around tensors. */
export const padKernels: readonly KernelConfig[] = [
  numericKernel<Unary, PadV2Attrs>(PadV2, ({ inputs: { x }, attrs, backend }) =>
    pad(backend, x, attrs.paddings, attrs.constantValue),
  ),
  numericKernel<Unary, MirrorPadAttrs>(MirrorPad, ({ inputs: { x }, attrs, backend }) =>
    mirrorPad(backend, x, attrs.paddings, attrs.mode),
  ),
];
