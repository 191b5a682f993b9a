import * as tf from '@tensorflow/tfjs';
import { between, type Case } from '../finiteDifferences.js';

const indices = (values: number[], shape: number[] = [values.length]) => tf.tensor(values, shape, 'int32');

export const shapes: Case[] = [
  { name: 'reshape', f: (x) => tf.reshape(x!, [4, -1]), inputs: [between(-1, 1, 2, 6)] },
  {
    name: 'expandDims and squeeze',
    f: (x) => tf.squeeze(tf.expandDims(x!, 1)),
    inputs: [between(-1, 1, 2, 3)],
  },
  { name: 'transpose', f: (x) => tf.transpose(x!, [2, 0, 1]), inputs: [between(-1, 1, 2, 3, 4)] },
  {
    name: 'concat',
    f: (a, b) => tf.concat([a!, b!], -1),
    inputs: [between(-1, 1, 2, 3), between(-1, 1, 2, 2)],
  },
  { name: 'stack', f: (a, b) => tf.stack([a!, b!], 1), inputs: [between(-1, 1, 2, 3), between(-2, 1, 2, 3)] },
  {
    name: 'unstack',
    f: (x) => tf.unstack(x!, 1).reduce((sum, t, i) => tf.add(tf.mul(sum, i + 1), tf.square(t))),
    inputs: [between(-1, 1, 2, 3)],
  },
  { name: 'unstack of one', f: (x) => tf.square(tf.unstack(x!, 0)[0]!), inputs: [between(-1, 1, 1, 3)] },
  {
    name: 'split',
    f: (x) => {
      const [a, b] = tf.split(x!, [1, 3], 1);
      return tf.mul(a!, b!);
    },
    inputs: [between(-1, 1, 2, 4)],
  },
  { name: 'split into one', f: (x) => tf.square(tf.split(x!, 1, 1)[0]!), inputs: [between(-1, 1, 2, 4)] },
  { name: 'slice', f: (x) => tf.slice(x!, [0, 1], [2, 2]), inputs: [between(-1, 1, 2, 4)] },
  {
    name: 'stridedSlice, every second, new axis',
    f: (x) => tf.stridedSlice(x!, [0, 0, 1, 1], [0, 0, 8, 3], [1, 1, 2, 1], 2, 2, 0, 1, 0),
    inputs: [between(-1, 1, 3, 7, 4)],
  },
  {
    name: 'stridedSlice, one axis dropped',
    f: (x) => tf.stridedSlice(x!, [1, 0], [2, 4], [1, 1], 0, 0, 0, 0, 1),
    inputs: [between(-1, 1, 3, 4)],
  },
  {
    name: 'stridedSlice, backwards',
    f: (x) => tf.stridedSlice(x!, [5, 0], [0, 3], [-2, 1]),
    inputs: [between(-1, 1, 6, 3)],
  },
  { name: 'reverse', f: (x) => tf.reverse(x!, [0, 2]), inputs: [between(-1, 1, 2, 3, 2)] },
  { name: 'tile', f: (x) => tf.tile(x!, [2, 1, 3]), inputs: [between(-1, 1, 2, 3, 2)] },
  {
    name: 'tile, rank 6',
    f: (x) => tf.tile(x!, [1, 2, 1, 1, 3, 2]),
    inputs: [between(-1, 1, 1, 2, 1, 2, 1, 2)],
  },
  { name: 'broadcastTo', f: (x) => tf.broadcastTo(x!, [2, 3, 4]), inputs: [between(-1, 1, 3, 1)] },
  { name: 'cast', f: (x) => tf.cast(x!, 'float32'), inputs: [between(-1, 1, 3)] },
  { name: 'clone', f: (x) => tf.clone(x!), inputs: [between(-1, 1, 3)] },
  { name: 'diag', f: (x) => tf.diag(x!), inputs: [between(-1, 1, 4)] },
  {
    name: 'gather, embedding lookup',
    f: (x) => tf.gather(x!, indices([2, 0, 2, 1], [2, 2])),
    inputs: [between(-1, 1, 4, 3)],
  },
  {
    name: 'gather, axis 1',
    f: (x) => tf.gather(x!, indices([2, 0, 2]), 1),
    inputs: [between(-1, 1, 2, 4, 3)],
  },
  {
    name: 'gather, batched',
    f: (x) => tf.gather(x!, indices([2, 0, 2, 1, 1, 3], [2, 3]), 1, 1),
    inputs: [between(-1, 1, 2, 4, 3)],
  },
  {
    name: 'gather, batched, later axis',
    f: (x) => tf.gather(x!, indices([2, 0, 2, 1, 1, 3], [2, 3]), 2, 1),
    inputs: [between(-1, 1, 2, 2, 4, 3)],
  },
  {
    name: 'gatherND',
    f: (x) => tf.gatherND(x!, indices([0, 1, 2, 0, 0, 1], [3, 2])),
    inputs: [between(-1, 1, 3, 2, 2)],
  },
  {
    name: 'scatterND',
    f: (x) => tf.scatterND(indices([1, 3, 1], [3, 1]), x!, [5, 2]),
    inputs: [between(-1, 1, 3, 2)],
  },
  {
    name: 'unsortedSegmentSum',
    f: (x) => tf.unsortedSegmentSum(x!, indices([1, 0, 1, 3]) as tf.Tensor1D, 4),
    inputs: [between(-1, 1, 4, 3)],
  },
];
