import { type KernelConfig, type TensorInfo, util } from '@tensorflow/tfjs';
import { WasmArgumentError } from '../errors.js';
import { defineKernel } from './define.js';

/** Name of the kernel that upsamples, filters and downsamples: `tf.getKernel(GanjsUpfirdn, tf.getBackend())`. */
export const GanjsUpfirdn = 'GanjsUpfirdn';

/** Inputs of {@link GanjsUpfirdn}. */
export interface GanjsUpfirdnInputs {
  /** float32 [batch, height, width, channels]. */
  x: TensorInfo;
  /** float32 [rows, columns]: each channel is correlated with them, which does not turn them round. */
  taps: TensorInfo;
}

/** Attributes of {@link GanjsUpfirdn}; pairs are for rows and columns. */
export interface GanjsUpfirdnAttrs {
  /** Each sample is followed by up - 1 zeros. */
  up: readonly [number, number];
  /** Every down-th result is kept. */
  down: readonly [number, number];
  /** Zeros before and after each axis, after upsampling; negative numbers crop. */
  padding: readonly [readonly [before: number, after: number], readonly [before: number, after: number]];
}

const GRAIN = 8192;

/** y[o] = sum over k of taps[k] z[o down + k] along both image axes, z being x spread by zeros and padded. */
export const upfirdnKernels: readonly KernelConfig[] = [
  defineKernel<GanjsUpfirdnInputs, GanjsUpfirdnAttrs>(GanjsUpfirdn, ({ inputs, attrs, backend }) => {
    const { x, taps } = inputs;
    const { up, down, padding } = attrs;
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    const [outHeight, outWidth] = [height, width].map((size, i) => {
      const [before, after] = padding[i]!;
      return Math.floor((size * up[i]! + before + after - taps.shape[i]!) / down[i]!) + 1;
    }) as [number, number];
    if (x.shape.length !== 4 || taps.shape.length !== 2 || Math.min(outHeight, outWidth) < 1) {
      throw new WasmArgumentError(
        `${GanjsUpfirdn}: x is [${x.shape}] and taps are [${taps.shape}]; give images [batch, height, width, channels] ` +
          'that hold the [rows, columns] of taps after upsampling and padding.',
      );
    }
    const out = backend.output([batch, outHeight, outWidth, channels], 'float32');
    if (util.sizeFromShape(out.shape) === 0) return out;
    const [rows, columns] = taps.shape as [number, number];
    backend.runtime.parallel('upfirdnRows', batch * outHeight, Math.ceil(GRAIN / (outWidth * channels)), [
      ...([backend.pointer(x), height, width, channels] as const),
      ...([backend.pointer(taps), rows, columns] as const),
      ...([...up, ...down, padding[0][0], padding[1][0]] as const),
      ...([backend.pointer(out), outHeight, outWidth] as const),
    ]);
    return out;
  }),
];
