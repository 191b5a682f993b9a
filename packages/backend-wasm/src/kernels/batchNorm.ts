import {
  FusedBatchNorm,
  type FusedBatchNormAttrs,
  type KernelConfig,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs';
import { runFallback } from '../fallback.js';
import { Tile } from '../generated/constants.js';
import { defineKernel } from './define.js';
import { GRAIN, grainOf } from './numeric.js';

interface Tensors {
  x: TensorInfo;
  mean: TensorInfo;
  variance: TensorInfo;
  offset?: TensorInfo;
  scale?: TensorInfo;
}

/** Name of the kernel that differentiates a batch norm by the batch's own statistics. */
export const GanjsBatchNormGradient = 'GanjsBatchNormGradient';

/** Rows that one sum is taken over: two blocks of some hundred channels stay in the level-1 cache. */
const BLOCK = 64;

/** out = (x - mean) scale / sqrt(variance + epsilon) + offset. */
export const batchNormKernels: readonly KernelConfig[] = [
  defineKernel<Tensors, FusedBatchNormAttrs>(FusedBatchNorm, ({ inputs, attrs, backend }) => {
    const { x, mean, variance, offset, scale } = inputs;
    const parameters = [mean, variance, offset, scale];
    const sizes = parameters.map((p) => (p == null ? 0 : util.sizeFromShape(p.shape)));
    const channels = Math.max(...sizes);
    const size = util.sizeFromShape(x.shape);
    const covered =
      x.dtype === 'float32' &&
      parameters.every((p) => p == null || p.dtype === 'float32') &&
      sizes.every((s) => s <= 1 || s === channels) &&
      size > 0 &&
      size % channels === 0;
    if (!covered) return runFallback(FusedBatchNorm, { inputs, attrs, backend });
    const out = backend.output(x.shape, 'float32');
    const table = backend.allocateTemporary(3 * channels * 4);
    const given = (p: TensorInfo | undefined) =>
      p == null ? ([0, 0] as const) : ([backend.pointer(p), util.sizeFromShape(p.shape)] as const);
    backend.runtime.parallel('batchNormTable', channels, GRAIN / 4, [
      ...given(mean),
      ...given(variance),
      ...given(offset),
      ...given(scale),
      attrs.varianceEpsilon ?? 0.001,
      table,
      channels,
    ]);
    backend.runtime.parallel('batchNormRows', size / channels, grainOf(channels), [
      backend.pointer(x),
      table,
      channels,
      backend.pointer(out),
    ]);
    backend.releaseTemporary(table);
    return out;
  }),
  /**
   * The gradients [dx, dscale, doffset] of y = (x - mean) s scale + offset with s = (variance + epsilon)^-1/2, where mean
   * and variance are those of x over all but its last axis:
   * dx = scale s (dy - mean(dy) - (x - mean) s^2 mean(dy (x - mean))). All float32; the statistics and scale are [channels].
   */
  defineKernel<{ dy: TensorInfo } & Omit<Tensors, 'offset'>, { varianceEpsilon: number }>(
    GanjsBatchNormGradient,
    ({ inputs, attrs, backend }) => {
      const { dy, x, mean, variance, scale } = inputs;
      const { runtime } = backend;
      const channels = util.sizeFromShape(mean.shape);
      const rows = util.sizeFromShape(x.shape.slice(0, -1));
      const blocks = Math.ceil(rows / BLOCK);
      const dx = backend.output(x.shape, 'float32');
      const dscale = backend.output([channels], 'float32');
      const doffset = backend.output([channels], 'float32');
      const part = backend.allocateTemporary(blocks * 2 * channels * 4);
      const table = backend.allocateTemporary(4 * channels * 4);
      const pointers = [backend.pointer(dy), backend.pointer(x)] as const;
      runtime.parallel(
        'batchNormSums',
        blocks * Math.ceil(channels / Tile.BATCH_NORM_CHANNELS),
        grainOf(Math.min(rows, BLOCK) * Tile.BATCH_NORM_CHANNELS),
        [...pointers, backend.pointer(mean), rows, channels, BLOCK, part],
      );
      runtime.parallel('batchNormGradientTable', channels, grainOf(blocks), [
        part,
        blocks,
        rows,
        backend.pointer(mean),
        backend.pointer(variance),
        scale == null ? 0 : backend.pointer(scale),
        attrs.varianceEpsilon,
        backend.pointer(dscale),
        backend.pointer(doffset),
        table,
        channels,
      ]);
      runtime.parallel('batchNormGradientRows', rows, grainOf(channels), [
        ...pointers,
        table,
        channels,
        backend.pointer(dx),
      ]);
      backend.releaseTemporary(part);
      backend.releaseTemporary(table);
      return [dx, dscale, doffset];
    },
  ),
];
