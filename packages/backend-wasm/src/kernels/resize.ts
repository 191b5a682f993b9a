import {
  type KernelConfig,
  ResizeBilinear,
  type ResizeBilinearAttrs,
  ResizeBilinearGrad,
  ResizeNearestNeighbor,
  ResizeNearestNeighborGrad,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { WasmArgumentError } from '../errors.js';
import { filled } from './fill.js';
import { cast, grainOf, numericKernel, typeOf, withInts } from './numeric.js';

/** How output positions lie on input positions. */
type Grid = Pick<ResizeBilinearAttrs, 'alignCorners' | 'halfPixelCenters'>;
/** The table that the kernels read for one axis of `to` outputs over `from` inputs. */
type Table = (from: number, to: number, grid: Grid) => number[];

function ratio(from: number, to: number, { alignCorners }: Grid): number {
  return alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
}

/** The nearest input of each output. */
const nearestTable: Table = (from, to, grid) => {
  const scale = ratio(from, to, grid);
  return Array.from({ length: to }, (_, i) => {
    const position = scale * (grid.halfPixelCenters ? i + 0.5 : i);
    const nearest = grid.alignCorners ? Math.round(position) : Math.floor(position);
    return Math.min(Math.max(nearest, 0), from - 1);
  });
};

const float = new Float32Array(1);
const floatBits = new Int32Array(float.buffer);

/** Both neighbours of each output and the share of the upper one, as its bits. */
const bilinearTable: Table = (from, to, grid) => {
  const scale = ratio(from, to, grid);
  return Array.from({ length: to }, (_, i) => {
    const position = grid.halfPixelCenters ? scale * (i + 0.5) - 0.5 : scale * i;
    const lower = Math.max(0, Math.floor(position));
    const upper = Math.min(from - 1, Math.ceil(position));
    float[0] = position - lower;
    return [lower, upper, floatBits[0]!];
  }).flat();
};

/** Refuses to make pixels of none: every output has a nearest input. */
function assertPixels(kernelName: string, images: readonly number[], resized: readonly number[]): void {
  if (util.sizeFromShape(images as number[]) > 0 || util.sizeFromShape(resized as number[]) === 0) return;
  throw new WasmArgumentError(
    `${kernelName}: images are [${images}], which has no pixels to make [${resized}] of; give images of at least 1x1.`,
  );
}

/** Runs a kernel on images of size `small` (those that are resized) and `large` (the result of resizing). */
function run(
  backend: WasmBackend,
  kernel: 'nearest' | 'bilinear' | 'nearestGrad' | 'bilinearGrad',
  table: Table,
  grid: Grid,
  shapes: { small: readonly number[]; large: readonly number[] },
  tensors: readonly [TensorInfo, TensorInfo],
  units: number,
): void {
  const [, height, width, channels] = shapes.small as [number, number, number, number];
  const [, outHeight, outWidth] = shapes.large as [number, number, number, number];
  const plan = [height, width, channels, outHeight, outWidth];
  const rows = table(height, outHeight, grid);
  const columns = table(width, outWidth, grid);
  const perUnit = util.sizeFromShape(shapes.large as number[]) / Math.max(units, 1);
  withInts(backend, [...plan, ...rows, ...columns], (pointer) => {
    const first = pointer + 4 * plan.length;
    backend.runtime.parallel(kernel, units, grainOf(perUnit), [
      backend.pointer(tensors[0]),
      backend.pointer(tensors[1]),
      pointer,
      first,
      first + 4 * rows.length,
    ]);
  });
}

function resize(kernelName: string, kernel: 'nearest' | 'bilinear', table: Table): KernelConfig {
  return numericKernel<{ images: TensorInfo }, ResizeBilinearAttrs>(
    kernelName,
    ({ inputs: { images }, attrs, backend }) => {
      const [batch, , , channels] = images.shape as [number, number, number, number];
      const shape = [batch, ...attrs.size, channels];
      assertPixels(kernelName, images.shape, shape);
      const x = cast(backend, images, 'float32');
      const y = backend.output(shape, 'float32');
      run(
        backend,
        kernel,
        table,
        attrs,
        { small: images.shape, large: shape },
        [x, y],
        batch * attrs.size[0],
      );
      backend.disposeIntermediate(x);
      if (kernel === 'bilinear') return y;
      const out = cast(backend, y, typeOf(images));
      backend.disposeIntermediate(y);
      return out;
    },
  );
}

/** The transpose of the resizing, on every grid; the cpu backend's is not (batches, half-pixel centres). */
function gradient(kernelName: string, kernel: 'nearestGrad' | 'bilinearGrad', table: Table): KernelConfig {
  return numericKernel<{ images: TensorInfo; dy: TensorInfo }, ResizeBilinearAttrs>(
    kernelName,
    ({ inputs: { images, dy }, attrs, backend }) => {
      assertPixels(kernelName, images.shape, dy.shape);
      const dx = filled(backend, images.shape, 'float32', 0);
      run(
        backend,
        kernel,
        table,
        attrs,
        { small: images.shape, large: dy.shape },
        [dy, dx],
        images.shape[0]!,
      );
      return dx;
    },
  );
}

/** Kernels that resize NHWC images, and their gradients. */
export const resizeKernels: readonly KernelConfig[] = [
  resize(ResizeNearestNeighbor, 'nearest', nearestTable),
  resize(ResizeBilinear, 'bilinear', bilinearTable),
  gradient(ResizeNearestNeighborGrad, 'nearestGrad', nearestTable),
  gradient(ResizeBilinearGrad, 'bilinearGrad', bilinearTable),
];
