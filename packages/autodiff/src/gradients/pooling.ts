import * as tf from '@tensorflow/tfjs';
import { NotDifferentiableError } from '../errors.js';
import { untraced } from '../untraced.js';
import { constant, rule, run, zerosLike } from './rule.js';

interface Pool {
  filterSize: number | number[];
  strides: number | number[];
  pad: 'same' | 'valid' | number;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** One spatial axis of a pooling: how many windows, where they start, how long they are. */
type Axis = [input: number, output: number, window: number, stride: number, before: number];

const { computePool2DInfo, computePool3DInfo } = tf.backend_util;

type Shape4D = [number, number, number, number];
type Shape5D = [number, number, number, number, number];

function axes2d(shape: number[], { filterSize, strides, pad }: Pool): Axis[] {
  const p = computePool2DInfo(shape as Shape4D, filterSize as number, strides as number, 1, pad);
  return [
    [p.inHeight, p.outHeight, p.filterHeight, p.strideHeight, p.padInfo.top],
    [p.inWidth, p.outWidth, p.filterWidth, p.strideWidth, p.padInfo.left],
  ];
}

function axes3d(shape: number[], { filterSize, strides, pad }: Pool): Axis[] {
  const p = computePool3DInfo(shape as Shape5D, filterSize as number, strides as number, 1, pad);
  return [
    [p.inDepth, p.outDepth, p.filterDepth, p.strideDepth, p.padInfo.front],
    [p.inHeight, p.outHeight, p.filterHeight, p.strideHeight, p.padInfo.top],
    [p.inWidth, p.outWidth, p.filterWidth, p.strideWidth, p.padInfo.left],
  ];
}

/** The share of each window that lies inside the image. */
function coverage([input, output, window, stride, before]: Axis): number[] {
  return Array.from({ length: output }, (_, i) => {
    const start = i * stride - before;
    return (Math.min(start + window, input) - Math.max(start, 0)) / window;
  });
}

/**
 * Average pooling divides by the number of pixels inside the image, its backward kernel by the whole
 * window. So `dy` is divided by the share of the window that is inside before the kernel spreads it.
 */
function averagePool(forward: string, backward: string, axesOf: (shape: number[], pool: Pool) => Axis[]) {
  const perWindow = (shape: number[], windows: number[], pool: Pool) => {
    const shares = axesOf(shape, pool).map(coverage);
    if (
      !tf.util.arraysEqual(
        shares.map((axis) => axis.length),
        windows.slice(1, -1),
      )
    ) {
      throw new NotDifferentiableError(
        forward,
        `dimRoundingMode '${pool.dimRoundingMode}' adds windows that the backward kernel ignores; pad the input instead.`,
      );
    }
    if (shares.flat().every((share) => share === 1)) return null;
    return untraced(() =>
      shares
        .map((share, axis) => tf.reshape(share, [1, ...shares.map((s, i) => (i === axis ? s.length : 1)), 1]))
        .reduce((product, share) => tf.mul(product, share)),
    );
  };

  return [
    rule<Pool>(forward, { inputs: ['x'] }, (dy, [x], pool) => ({
      x: () => {
        const inside = perWindow(x!.shape, dy.shape, pool);
        return run(backward, { dy: inside ? tf.div(dy, inside) : dy, input: constant(x!) }, pool);
      },
    })),
    rule<Pool>(backward, { inputs: ['dy', 'input'] }, (ddx, [dy, input], pool) => ({
      dy: () => {
        const inside = perWindow(input!.shape, dy!.shape, pool);
        const average = run(forward, { x: ddx }, pool);
        return inside ? tf.mul(average, inside) : average;
      },
      input: () => zerosLike(input!),
    })),
  ];
}

/** `dy` goes to the position of each window's maximum; backwards, the values at these positions are picked. */
const maxPool = [
  rule<Pool>('MaxPool', { inputs: ['x'], outputs: [true] }, (dy, [x, y], pool) => ({
    x: () => run('MaxPoolGrad', { dy, input: constant(x!), output: constant(y!) }, pool),
  })),
  rule<Pool>('MaxPoolGrad', { inputs: ['dy', 'input', 'output'] }, (ddx, [dy, input, output], pool) => ({
    dy: () => {
      const positions = untraced(
        () =>
          tf.maxPoolWithArgmax(
            input as tf.Tensor4D,
            pool.filterSize as number,
            pool.strides as number,
            pool.pad,
            true,
          ).indexes!,
      );
      if (positions.size !== dy!.size) {
        throw new NotDifferentiableError(
          'MaxPoolGrad',
          `positions of the maxima are not known for dimRoundingMode '${pool.dimRoundingMode}'; pad the input instead.`,
        );
      }
      const picked = tf.gather(tf.reshape(ddx, [-1]), tf.reshape(positions, [-1]));
      return tf.reshape(picked, dy!.shape);
    },
    input: () => zerosLike(input!),
    output: () => zerosLike(output!),
  })),
];

/** The gradients of pooling. */
export const pooling: tf.GradConfig[] = [
  ...averagePool('AvgPool', 'AvgPoolGrad', axes2d),
  ...averagePool('AvgPool3D', 'AvgPool3DGrad', axes3d),
  ...maxPool,
];
