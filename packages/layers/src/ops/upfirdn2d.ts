import * as tf from '@tensorflow/tfjs';
import { LayerConfigError, LayerShapeError } from '../errors.js';

/** A filter: n taps, applied along both axes, or an n × n grid. */
export type FirFilter = readonly number[] | readonly (readonly number[])[];

/** Options of {@link upfirdn2d}. */
export interface UpfirdnOptions {
  /** Upsampling factor: each sample is followed by up - 1 zeros. Default 1. */
  up?: number;
  /** Downsampling factor: every down-th sample is kept. Default 1. */
  down?: number;
  /** Samples added before and after each axis, counted after upsampling; negative numbers crop. Default [0, 0]. */
  padding?: readonly [before: number, after: number];
  /** Multiplies the result. Default 1. */
  gain?: number;
}

/** A backend that does all of it in one kernel registers it under this name. */
const FUSED_KERNEL = 'GanjsUpfirdn';
/** Taps up to which such a backend is as fast with one pass over the grid as with a pass an axis. */
const SHORT = 4;

const isFused = () => tf.getKernel(FUSED_KERNEL, tf.getBackend()) != null;

interface Axis {
  up: number;
  down: number;
  before: number;
  after: number;
}

const length = (size: number, taps: number, { up, down, before, after }: Axis) =>
  Math.floor((size * up + before + after - taps) / down) + 1;

/** The axis of the adjoint operator: it maps `length(size, ...)` samples back to `size`. */
const adjoint = (size: number, taps: number, axis: Axis): Axis => ({
  up: axis.down,
  down: axis.up,
  before: taps - 1 - axis.before,
  after: (size - 1) * axis.up + 1 + axis.before - length(size, taps, axis) * axis.down,
});

const flip2d = (taps: number[][]) => [...taps].reverse().map((row) => [...row].reverse());

/** Puts `up - 1` zeros after each sample of the rows (axis 1) or columns (axis 2). */
function insertZeros(x: tf.Tensor4D, axis: 1 | 2, up: number): tf.Tensor4D {
  if (up === 1) return x;
  const [batch, height, width, channels] = x.shape;
  const lines = axis === 1 ? [batch * height, 1, width * channels] : [batch * height * width, 1, channels];
  const spread = tf.pad(x.reshape(lines), [
    [0, 0],
    [0, up - 1],
    [0, 0],
  ]);
  return spread.reshape(
    axis === 1 ? [batch, height * up, width, channels] : [batch, height, width * up, channels],
  );
}

function padOrCrop(x: tf.Tensor4D, axes: readonly [Axis, Axis]): tf.Tensor4D {
  const pads = axes.map(({ before, after }) => [Math.max(before, 0), Math.max(after, 0)] as [number, number]);
  const padded = pads.flat().some((p) => p > 0) ? tf.pad(x, [[0, 0], pads[0]!, pads[1]!, [0, 0]]) : x;
  const crops = axes.map(({ before, after }) => [Math.max(-before, 0), Math.max(-after, 0)] as const);
  if (crops.flat().every((c) => c === 0)) return padded;
  const [batch, height, width, channels] = padded.shape;
  const [[top, bottom], [left, right]] = crops as [readonly [number, number], readonly [number, number]];
  return tf.slice(padded, [0, top, left, 0], [batch, height - top - bottom, width - left - right, channels]);
}

/** What `resample` computes, of operations that every backend has. */
function composed(x: tf.Tensor4D, taps: number[][], axes: readonly [Axis, Axis]): tf.Tensor4D {
  const [rows, columns] = axes;
  const spread = insertZeros(insertZeros(x, 1, rows.up), 2, columns.up);
  const padded = padOrCrop(spread, axes);
  const filter = tf.tensor2d(taps).reshape([taps.length, taps[0]!.length, 1, 1]);
  const filters = filter.tile([1, 1, padded.shape[3], 1]) as tf.Tensor4D;
  return tf.depthwiseConv2d(padded, filters, [rows.down, columns.down], 'valid');
}

/** The same in the backend's one kernel. */
function fused(x: tf.Tensor4D, taps: number[][], axes: readonly [Axis, Axis]): tf.Tensor4D {
  const attrs = {
    up: axes.map(({ up }) => up),
    down: axes.map(({ down }) => down),
    padding: axes.map(({ before, after }) => [before, after]),
  };
  return tf.engine().runKernel(FUSED_KERNEL, { x, taps: tf.tensor2d(taps) }, attrs) as tf.Tensor4D;
}

/** Correlates every channel with `taps` ([kh][kw]), upsampling before and downsampling after. */
function resample(x: tf.Tensor4D, taps: number[][], axes: readonly [Axis, Axis]): tf.Tensor4D {
  const [rows, columns] = axes;
  const [, height, width] = x.shape;
  const [kh, kw] = [taps.length, taps[0]!.length];
  const forward = isFused() ? fused : composed;
  const run = tf.customGrad((v) => ({
    value: tf.tidy(() => forward(v as tf.Tensor4D, taps, axes)),
    gradFunc: (dy: tf.Tensor) =>
      resample(dy as tf.Tensor4D, flip2d(taps), [adjoint(height, kh, rows), adjoint(width, kw, columns)]),
  }));
  return run(x) as tf.Tensor4D;
}

/**
 * Upsample, FIR filter, downsample: inserts zeros, pads (or crops), convolves each channel with the filter
 * and keeps every down-th sample, on both image axes alike:
 *
 *     y[o] = gain · Σ_k f[n-1-k] · z[o·down + k],  z = the padded, zero-spread x
 *
 * A 1-D filter f stands for the separable f ⊗ f. Differentiable to any order on every
 * backend: the derivative of upfirdn is upfirdn with up and down exchanged and the filter reversed.
 *
 * @param x float32 [batch, height, width, channels].
 * @param filter taps as they are used: not normalized here.
 * @returns [batch, h, w, channels] with h = ⌊(height·up + before + after - n) / down⌋ + 1, w alike.
 * @throws LayerShapeError when the filter is longer than the padded image.
 * @source Karras et al., StyleGAN2 (2020), section B; Crochiere and Rabiner, Multirate signal processing (1983).
 */
export function upfirdn2d(
  x: tf.Tensor4D,
  filter: FirFilter,
  { up = 1, down = 1, padding: [before, after] = [0, 0], gain = 1 }: UpfirdnOptions = {},
): tf.Tensor4D {
  const taps = filter.length;
  if (taps === 0) throw new LayerConfigError('upfirdn2d', 'filter', 'at least one tap', filter);
  const axis = { up, down, before, after };
  const identity = { up: 1, down: 1, before: 0, after: 0 };
  if (x.rank !== 4 || Math.min(length(x.shape[1], taps, axis), length(x.shape[2], taps, axis)) < 1)
    throw new LayerShapeError(
      'upfirdn2d',
      `images [batch, height, width, channels] that hold ${taps} taps after upsampling by ${up} and padding by ` +
        `${before} and ${after}`,
      x.shape,
      'Pad more, or use a shorter filter',
    );
  if (Array.isArray(filter[0])) {
    const grid = flip2d((filter as number[][]).map((row) => row.map((v) => v * gain)));
    return resample(x, grid, [axis, axis]);
  }
  const flipped = [...(filter as readonly number[])].reverse();
  const scaled = flipped.map((v) => v * gain);
  if (isFused() && taps <= SHORT) {
    const grid = flipped.map((row) => scaled.map((column) => row * column));
    return resample(x, grid, [axis, axis]);
  }
  const columns = resample(x, [scaled], [identity, axis]);
  const rows = flipped.map((v) => [v]);
  return resample(columns, rows, [axis, identity]);
}

/** The padding with which {@link upfirdn2d} upsamples by exactly `up`: ⌊(n+up-1)/2⌋ before, ⌊(n-up)/2⌋ after. */
export function upsamplePadding(taps: number, up: number): [before: number, after: number] {
  return [Math.floor((taps + up - 1) / 2), Math.floor((taps - up) / 2)];
}

/** The padding with which {@link upfirdn2d} downsamples by exactly `down`: ⌊(n-down+1)/2⌋ before, ⌊(n-down)/2⌋ after. */
export function downsamplePadding(taps: number, down: number): [before: number, after: number] {
  return [Math.floor((taps - down + 1) / 2), Math.floor((taps - down) / 2)];
}

/** Scales the taps so that they (1-D) or their grid (2-D) sum to 1. */
export function normalizeFilter(filter: FirFilter): number[] | number[][] {
  const sum = (filter as readonly (number | readonly number[])[]).flat().reduce((a, b) => a + b, 0);
  if (Array.isArray(filter[0])) return (filter as number[][]).map((row) => row.map((v) => v / sum));
  return (filter as number[]).map((v) => v / sum);
}
