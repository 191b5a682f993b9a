import * as tf from '@tensorflow/tfjs';
import { NotDifferentiableError } from '../errors.js';
import { rule, run, zerosLike } from './rule.js';
import { spread } from './spread.js';

/** Zeros before and after along one axis. */
function padAxis(x: tf.Tensor, axis: number, before: number, after: number): tf.Tensor {
  if (before === 0 && after === 0) return x;
  return tf.pad(
    x,
    x.shape.map((_, i) => (i === axis ? [before, after] : [0, 0])),
  );
}

/** `size` elements from `begin` along one axis. */
function sliceAxis(x: tf.Tensor, axis: number, begin: number, size: number): tf.Tensor {
  return tf.slice(
    x,
    x.shape.map((_, i) => (i === axis ? begin : 0)),
    x.shape.map((n, i) => (i === axis ? size : n)),
  );
}

/** Folds a mirrored border back onto the pixels that it shows. `edge` is 1 when the edge is not repeated. */
function foldMirror(dy: tf.Tensor, axis: number, [before, after]: [number, number], edge: 0 | 1): tf.Tensor {
  if (before === 0 && after === 0) return dy;
  const size = dy.shape[axis]! - before - after;
  const parts = [sliceAxis(dy, axis, before, size)];
  if (before > 0) {
    const mirrored = tf.reverse(sliceAxis(dy, axis, 0, before), axis);
    parts.push(padAxis(mirrored, axis, edge, size - edge - before));
  }
  if (after > 0) {
    const mirrored = tf.reverse(sliceAxis(dy, axis, before + size, after), axis);
    parts.push(padAxis(mirrored, axis, size - edge - after, edge));
  }
  return parts.reduce((sum, part) => tf.add(sum, part));
}

interface StridedSlice {
  begin: number[];
  end: number[];
  strides: number[];
  beginMask: number;
  endMask: number;
  ellipsisMask: number;
  newAxisMask: number;
  shrinkAxisMask: number;
}

/** Puts `dy` back at the places that a strided slice read. */
function unslice(dy: tf.Tensor, shape: number[], a: StridedSlice): tf.Tensor {
  const info = tf.slice_util.sliceInfo(
    shape,
    a.begin,
    a.end,
    a.strides,
    a.beginMask,
    a.endMask,
    a.ellipsisMask,
    a.newAxisMask,
    a.shrinkAxisMask,
  );
  if (a.shrinkAxisMask !== 0 && !info.isIdentity && !info.sliceDim0 && !info.isSimpleSlice) {
    throw new NotDifferentiableError(
      'StridedSlice',
      'with strides and shrinkAxisMask together, TensorFlow.js reads the wrong elements; use squeeze afterwards.',
    );
  }
  const sizes = tf.slice_util.computeOutShape(info.begin, info.end, info.strides);
  if (sizes.includes(0)) return tf.zeros(shape);
  return shape.reduce<tf.Tensor>(
    (placed, length, axis) => {
      const stride = info.strides[axis]!;
      const reach = (sizes[axis]! - 1) * Math.abs(stride) + 1;
      const first = stride > 0 ? info.begin[axis]! : info.begin[axis]! - reach + 1;
      const forwards = stride > 0 ? placed : tf.reverse(placed, axis);
      return padAxis(spread(forwards, axis, Math.abs(stride)), axis, first, length - first - reach);
    },
    tf.reshape(dy, sizes),
  );
}

/** Space to depth: the transpose, and the inverse, of depthToSpace. */
function spaceToDepth(dy: tf.Tensor, shape: number[], block: number, dataFormat: string): tf.Tensor {
  if (dataFormat === 'NCHW') {
    const [n, channels, height, width] = shape as [number, number, number, number];
    const blocks = tf.reshape(dy, [n, channels / block ** 2, height, block, width, block]);
    return tf.reshape(tf.transpose(blocks, [0, 3, 5, 1, 2, 4]), shape);
  }
  const [n, height, width, channels] = shape as [number, number, number, number];
  const blocks = tf.reshape(dy, [n, height, block, width, block, channels / block ** 2]);
  return tf.reshape(tf.transpose(blocks, [0, 1, 3, 2, 4, 5]), shape);
}

/** The gradients of kernels that move values, and change none. */
export const shapes: tf.GradConfig[] = [
  rule<{ paddings: [number, number][]; mode: 'reflect' | 'symmetric' }>(
    'MirrorPad',
    {},
    (dy, _saved, { paddings, mode }) => ({
      x: () =>
        paddings.reduce((t, padding, axis) => foldMirror(t, axis, padding, mode === 'reflect' ? 1 : 0), dy),
    }),
  ),

  rule<{ reps: number[] }>('Tile', { inputs: ['x'] }, (dy, [x], { reps }) => ({
    x: () => {
      if (dy.size === 0) return zerosLike(x!);
      const summed = reps.reduce((t, times, axis) => {
        if (times === 1) return t;
        const outer = tf.util.sizeFromShape(t.shape.slice(0, axis));
        const copies = tf.reshape(t, [outer, times, t.size / outer / times]);
        return tf.reshape(tf.sum(copies, 1), [...x!.shape.slice(0, axis + 1), ...dy.shape.slice(axis + 1)]);
      }, dy);
      return tf.reshape(summed, x!.shape);
    },
  })),

  rule<StridedSlice>('StridedSlice', { inputs: ['x'] }, (dy, [x], attributes) => ({
    x: () => unslice(dy, x!.shape, attributes),
  })),

  rule<{ blockSize: number; dataFormat: string }>(
    'DepthToSpace',
    { inputs: ['x'] },
    (dy, [x], { blockSize, dataFormat }) => ({
      x: () => spaceToDepth(dy, x!.shape, blockSize, dataFormat),
    }),
  ),

  rule('FlipLeftRight', {}, (dy) => ({ image: () => run('FlipLeftRight', { image: dy }) })),

  // A split into one part hands over a tensor instead of a list.
  rule<{ axis: number }>('Unpack', {}, (dy, _saved, { axis }) => ({
    value: () => tf.stack([dy].flat() as tf.Tensor[], axis),
  })),
  rule<{ axis: number }>('SplitV', {}, (dy, _saved, { axis }) => ({
    x: () => tf.concat([dy].flat() as tf.Tensor[], axis),
  })),
];
