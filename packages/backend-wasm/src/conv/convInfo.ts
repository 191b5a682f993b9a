import { backend_util, type Conv2DAttrs, type TensorInfo, util } from '@tensorflow/tfjs';

/** Shapes, strides, dilations and padding of a convolution. */
export type ConvInfo = backend_util.Conv2DInfo;

type Shape4D = [number, number, number, number];

/** What the kernels of convolutions are told, plain or depthwise. */
interface ConvAttrs extends Pick<Conv2DAttrs, 'strides' | 'pad' | 'dimRoundingMode'> {
  readonly dataFormat?: Conv2DAttrs['dataFormat'];
  readonly dilations?: number | [number, number] | null;
}

/** The geometry of a convolution; of a depthwise one with `depthwise`. */
export function convInfo(
  inShape: readonly number[],
  filterShape: readonly number[],
  { strides, pad, dimRoundingMode, dataFormat = 'NHWC', dilations }: ConvAttrs,
  { depthwise = false } = {},
): ConvInfo {
  return backend_util.computeConv2DInfo(
    inShape as Shape4D,
    filterShape as Shape4D,
    strides,
    dilations ?? [1, 1],
    pad,
    dimRoundingMode,
    depthwise,
    backend_util.convertConv2DDataFormat(dataFormat),
  );
}

/**
 * Whether our kernels cover the case: float32, channels last, no empty dimension.
 *
 * @param dy the derivative of the output, where there is one: it must have its shape.
 */
export function isCovered(tensors: readonly TensorInfo[], info: ConvInfo, dy?: TensorInfo): boolean {
  return (
    info.dataFormat === 'channelsLast' &&
    tensors.every((t) => t.dtype === 'float32') &&
    [...info.inShape, ...info.outShape, ...info.filterShape].every((d) => d > 0) &&
    (!dy || (dy.dtype === 'float32' && util.arraysEqual(dy.shape, info.outShape)))
  );
}
