import type * as tf from '@tensorflow/tfjs';
import { type Attributes, rule, run } from './rule.js';
import { everyNth, spread } from './spread.js';

/** The three kernels of one kind of convolution. */
interface Kernels {
  forward: string;
  input: string;
  filter: string;
  /** Spatial axes of the filter. */
  spatial: number;
}

/**
 * A convolution y = x * w is linear in x and in w, so <dy, x * w> is one trilinear form. The three kernels
 * are its derivatives with respect to dy, x and w, and the derivatives of each are the other two:
 * any order is right with these three rules. A dilated filter is the same as a larger filter with zeros.
 */
function convolution({ forward, input, filter, spatial }: Kernels): tf.GradConfig[] {
  const axes = Array.from({ length: spatial }, (_, axis) => axis);
  const undilated = ({ inputShape: _i, filterShape: _f, ...attributes }: Attributes): Attributes => ({
    ...attributes,
    dilations: axes.map(() => 1),
  });
  const convolve = (x: tf.Tensor, w: tf.Tensor, attributes: Attributes) =>
    run(forward, { x, filter: w }, undilated(attributes));
  const toInput = (dy: tf.Tensor, w: tf.Tensor, inputShape: number[], attributes: Attributes) =>
    run(input, { dy, filter: w }, { ...undilated(attributes), inputShape });
  const toFilter = (x: tf.Tensor, dy: tf.Tensor, filterShape: number[], attributes: Attributes) =>
    run(filter, { x, dy }, { ...undilated(attributes), filterShape });

  return [
    rule(forward, { inputs: ['x', 'filter'] }, (dy, [x, w], attributes) => {
      const given = attributes.dilations as number | number[] | undefined;
      const dilations = axes.map((axis) => (Array.isArray(given) ? given[axis]! : (given ?? 1)));
      const dilate = (t: tf.Tensor) => dilations.reduce((f, step, axis) => spread(f, axis, step), t);
      const undilate = (t: tf.Tensor) => dilations.reduce((f, step, axis) => everyNth(f, axis, step), t);
      const dilatedShape = w!.shape.map((n, i) => (i < spatial ? (n - 1) * dilations[i]! + 1 : n));
      return {
        x: () => toInput(dy, dilate(w!), x!.shape, attributes),
        filter: () => undilate(toFilter(x!, dy, dilatedShape, attributes)),
      };
    }),

    rule(input, { inputs: ['dy', 'filter'] }, (ddx, [dy, w], attributes) => ({
      dy: () => convolve(ddx, w!, attributes),
      filter: () => toFilter(ddx, dy!, w!.shape, attributes),
    })),

    rule(filter, { inputs: ['x', 'dy'] }, (ddw, [x, dy], attributes) => ({
      x: () => toInput(dy!, ddw, x!.shape, attributes),
      dy: () => convolve(x!, ddw, attributes),
    })),
  ];
}

/** The gradients of convolutions. */
export const convolutions: tf.GradConfig[] = [
  ...convolution({
    forward: 'Conv2D',
    input: 'Conv2DBackpropInput',
    filter: 'Conv2DBackpropFilter',
    spatial: 2,
  }),
  ...convolution({
    forward: 'DepthwiseConv2dNative',
    input: 'DepthwiseConv2dNativeBackpropInput',
    filter: 'DepthwiseConv2dNativeBackpropFilter',
    spatial: 2,
  }),
  ...convolution({
    forward: 'Conv3D',
    input: 'Conv3DBackpropInputV2',
    filter: 'Conv3DBackpropFilterV2',
    spatial: 3,
  }),
];
