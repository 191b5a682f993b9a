import type { Operation, Replacement } from '@ganjs/autodiff';
import {
  type _FusedMatMulAttrs,
  broadcast_util,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  engine,
  type FusedConv2DAttrs,
  matMul,
  reshape,
  sum,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs';
import type { DataId } from '../backend.js';

/** Attributes of fused products by their output: the tape does not tell those of an op with a gradient of its own. */
const attributes = new WeakMap<DataId, object>();

/** Remembers how a fused product was computed, for its gradient. */
export function noteFused(output: TensorInfo, attrs: object): void {
  attributes.set(output.dataId, attrs);
}

function biasGradient(dy: Tensor, bias: Tensor): Tensor {
  const axes = broadcast_util.getReductionAxes(bias.shape, dy.shape);
  return reshape(axes.length > 0 ? sum(dy, axes) : dy, bias.shape);
}

/**
 * tf.fused.conv2d without activation, which tf.layers uses: input, filter and bias get their gradients only if asked
 * for. The op's own gradient always computes all.
 */
export function fusedConv2dNode({ inputs, outputs }: Operation): Replacement | undefined {
  const attrs = attributes.get(outputs[0]!.dataId) as FusedConv2DAttrs | undefined;
  if (attrs === undefined || outputs[0]!.rank !== 4 || attrs.activation !== 'linear') return undefined;
  const { strides, pad, dataFormat, dimRoundingMode } = attrs;
  if (dataFormat !== 'NHWC' || [attrs.dilations].flat().some((d) => d !== 1)) return undefined;
  const common = { strides, pad, dataFormat, dimRoundingMode };
  return {
    inputs,
    gradient: (dy, [filter, x, _y, bias]) => ({
      0: () =>
        engine().runKernel(
          Conv2DBackpropInput,
          { dy, filter: filter! },
          { ...common, inputShape: x!.shape as [number, number, number, number] },
        ),
      1: () =>
        engine().runKernel(
          Conv2DBackpropFilter,
          { x: x!, dy },
          { ...common, filterShape: filter!.shape as [number, number, number, number] },
        ),
      2: () => biasGradient(dy, bias!),
    }),
  };
}

/** tf.fused.matMul of operands as they are, without activation, which dense layers use: the same. */
export function fusedMatMulNode({ inputs, outputs }: Operation): Replacement | undefined {
  const attrs = attributes.get(outputs[0]!.dataId) as _FusedMatMulAttrs | undefined;
  const [a, b] = [inputs[0], inputs[1]];
  const covered =
    attrs?.activation === 'linear' && !attrs.transposeA && !attrs.transposeB && a?.shape[0] === b?.shape[0];
  if (!covered) return undefined;
  return {
    inputs,
    gradient: (derivative, [a, b, y, bias]) => {
      const dy = reshape(derivative, y!.shape);
      return {
        0: () => matMul(dy, b!, false, true),
        1: () => matMul(a!, dy, true, false),
        2: () => biasGradient(dy, bias!),
      };
    },
  };
}
