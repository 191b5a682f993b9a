import type { backend_util, TensorInfo } from '@tensorflow/tfjs';
import type { WasmBackend } from '../backend.js';
import { RegisterBlock, Winograd } from '../generated/constants.js';
import { SCRATCH_BYTES } from '../runtime/threads.js';

const { POINTS } = Winograd;
const { ROWS } = RegisterBlock;
/** What a thread's scratch memory has room for besides tiles; see assembly/winograd.ts. */
const RESERVED = 192 * 1024;
/** Working set of one block of tiles that stays in a level-2 cache. */
const CACHE = 1.2e6;
/** The same for the gradient of the kernels, whose tiles all threads share, and the fewest tiles to sum at a time. */
const GRADIENT_CACHE = 4e6;
const GRADIENT_TILES = 256;
/** Up to so many kernels [in x out] the sums are small enough for threads to sum slices of the tiles by themselves. */
const MAX_SLICED = 64 * 64;
/** Slices: by no number of threads, so that any adds in the same order. */
const SLICES = 8;
/** Working set of a slice's tiles that leaves room for the sums in a level-2 cache. */
const SLICE_CACHE = 1.3e6;
/** Blocks that the tiles of a layer make at least. */
const SHARES = 12;
const MAX_CHANNELS = 2048;
/** Fewer multiplications than this and the transforms cost more than they save. */
const MIN_CHANNELS = 16;
const MIN_SAVING = 1.6;

/** Images in memory: [batch, height, width, channels]. */
export interface Plane {
  pointer: number;
  height: number;
  width: number;
  channels: number;
}

/**
 * Whether Winograd's algorithm applies to a convolution and saves enough: stride 1, no dilation, 3x3 or 5x5, channels
 * in fours, and few enough tiles that stick out of the image.
 */
export function winogradPays(info: backend_util.Conv2DInfo): boolean {
  const { filterHeight: r, outHeight, outWidth, inHeight, inWidth, inChannels, outChannels } = info;
  const m = 7 - r;
  const saving = (height: number, width: number) =>
    (height * width * r * r) / (Math.ceil(height / m) * Math.ceil(width / m) * POINTS);
  return (
    (r === 3 || r === 5) &&
    info.filterWidth === r &&
    [info.strideHeight, info.strideWidth, info.dilationHeight, info.dilationWidth].every((v) => v === 1) &&
    [inChannels, outChannels].every((c) => c % 4 === 0 && c >= MIN_CHANNELS && c <= MAX_CHANNELS) &&
    Math.min(saving(outHeight, outWidth), saving(inHeight, inWidth)) >= MIN_SAVING
  );
}

/** Bytes rounded up to an odd number of cache lines; see assembly/winograd.ts. */
function oddLines(bytes: number): number {
  return (Math.ceil(bytes / 64) | 1) * 64;
}

function panels(backend: WasmBackend, channels: number): number {
  return Math.ceil(channels / backend.runtime.panelWidth);
}

function tiles(batch: number, height: number, width: number, r: number): number {
  const m = 7 - r;
  return batch * Math.ceil(height / m) * Math.ceil(width / m);
}

/** Tiles that a thread works on at a time: a multiple of six, and few enough to share out `total` evenly. */
function blockOf(total: number, depth: number, width: number): number {
  const share = Math.ceil(total / ROWS / SHARES);
  const bytes = (depth + width) * POINTS * 4 * ROWS;
  const room = Math.floor((SCRATCH_BYTES - RESERVED) / bytes);
  return ROWS * Math.max(1, Math.min(8, share, room, Math.floor(CACHE / bytes)));
}

/**
 * A convolution of stride 1: out = activation(d * w + bias).
 *
 * @param d the image
 * @param w kernels [r, r, ...]: address and element strides of taps, of d's channels and of out's; `flip` turns each
 * kernel by 180 degrees
 * @param pad zeros before the image: [top, left]
 */
export function winogradConv(
  backend: WasmBackend,
  batch: number,
  d: Plane,
  w: { pointer: number; size: number; flip: boolean; strides: readonly [number, number, number] },
  pad: readonly [number, number],
  out: Plane,
  epilogue: readonly [number, number, number],
): void {
  const { runtime } = backend;
  const columns = panels(backend, out.channels);
  const width = columns * runtime.panelWidth;
  const u = backend.allocateTemporary(POINTS * oddLines(d.channels * width * 4), () => 'transformed kernels');
  runtime.parallel('winogradKernel', columns, 1, [
    w.pointer,
    w.size,
    w.flip ? 1 : 0,
    ...w.strides,
    d.channels,
    out.channels,
    u,
  ]);
  const total = tiles(batch, out.height, out.width, w.size);
  const block = blockOf(total, d.channels, width);
  runtime.parallel('winogradTiles', Math.ceil(total / block), 1, [
    d.pointer,
    d.height,
    d.width,
    d.channels,
    ...pad,
    w.size,
    u,
    out.channels,
    out.pointer,
    out.height,
    out.width,
    total,
    block,
    ...epilogue,
  ]);
  backend.releaseTemporary(u);
}

/** The gradient of the kernels of a convolution of stride 1. */
export function winogradFilterGradient(
  backend: WasmBackend,
  x: TensorInfo,
  dy: TensorInfo,
  dw: TensorInfo,
  info: backend_util.Conv2DInfo,
): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight } = info;
  const width = panels(backend, outChannels) * backend.runtime.panelWidth;
  const gradient: Gradient = {
    images: [
      backend.pointer(x),
      inHeight,
      inWidth,
      inChannels,
      info.padInfo.top,
      info.padInfo.left,
      filterHeight,
    ],
    errors: [backend.pointer(dy), outHeight, outWidth, outChannels],
    total: tiles(info.batchSize, outHeight, outWidth, filterHeight),
    // By the channels, not by the variant's panels: the sums must not depend on the variant.
    bytes: POINTS * (inChannels + outChannels) * 4,
    rows: POINTS * Math.ceil(inChannels / ROWS),
    width,
  };
  const few = inChannels * outChannels <= MAX_SLICED;
  const products = few ? slicedProducts(backend, gradient) : sharedProducts(backend, gradient);
  backend.runtime.parallel('winogradGradientKernel', inChannels, 8, [
    products,
    filterHeight,
    inChannels,
    outChannels,
    backend.pointer(dw),
  ]);
  backend.releaseTemporary(products);
}

/** What the sums of products of transformed tiles are made from, and their size. */
interface Gradient {
  /** Arguments of the kernels that transform tiles. */
  readonly images: readonly [
    x: number,
    height: number,
    width: number,
    channels: number,
    top: number,
    left: number,
    filter: number,
  ];
  readonly errors: readonly [dy: number, height: number, width: number, channels: number];
  /** Number of tiles, and bytes of one that is transformed. */
  readonly total: number;
  readonly bytes: number;
  /** Register blocks down, of six channels each at all points, and columns across. */
  readonly rows: number;
  readonly width: number;
}

const transformed = () => 'transformed tiles';

/** Each thread transforms slices of the tiles and multiplies them while they are in its own cache; then all are added. */
function slicedProducts(
  backend: WasmBackend,
  { images, errors, total, bytes, rows, width }: Gradient,
): number {
  const size = rows * ROWS * width;
  const slice = Math.ceil(total / SLICES);
  const slices = Math.ceil(total / slice);
  const chunk = Math.min(slice, Math.floor(SLICE_CACHE / bytes));
  const parts = backend.allocateTemporary(slices * size * 4, transformed);
  backend.runtime.parallel('winogradGradientSlices', slices, 1, [
    ...images,
    ...errors,
    parts,
    total,
    slice,
    chunk,
  ]);
  const sum = backend.allocateTemporary(size * 4, transformed);
  backend.runtime.parallel('sumSlices', size, 16384, [parts, slices, size, sum]);
  backend.releaseTemporary(parts);
  return sum;
}

/** All threads transform some hundreds of tiles, then share out their products while the tiles are still in the cache. */
function sharedProducts(
  backend: WasmBackend,
  { images, errors, total, bytes, rows, width }: Gradient,
): number {
  const { runtime } = backend;
  const [inChannels, outChannels] = [images[3], errors[3]];
  const rounds = Math.ceil(total / Math.max(GRADIENT_TILES, Math.floor(GRADIENT_CACHE / bytes)));
  const chunk = Math.ceil(total / rounds);
  const v = backend.allocateTemporary(
    POINTS * oddLines(chunk * oddLines(inChannels * 4)) + ROWS * 4,
    transformed,
  );
  const g = backend.allocateTemporary(POINTS * oddLines(width * chunk * 4), transformed);
  const q = backend.allocateTemporary(rows * ROWS * width * 4, transformed);
  for (let first = 0; first < total; first += chunk) {
    const count = Math.min(chunk, total - first);
    runtime.parallel('winogradGradientTiles', count, 8, [...images, ...errors, v, g, first, count]);
    runtime.parallel('winogradGradientProducts', rows, 8, [
      v,
      g,
      q,
      inChannels,
      outChannels,
      count,
      first > 0 ? 1 : 0,
    ]);
  }
  backend.releaseTemporary(v);
  backend.releaseTemporary(g);
  return q;
}
