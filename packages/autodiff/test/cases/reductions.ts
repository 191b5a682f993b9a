import * as tf from '@tensorflow/tfjs';
import { between, type Case, spaced } from '../finiteDifferences.js';

export const reductions: Case[] = [
  { name: 'sum', f: (x) => tf.sum(x!, [0, 2]), inputs: [between(-1, 1, 2, 3, 2)] },
  { name: 'mean', f: (x) => tf.mean(x!, 1, true), inputs: [between(-1, 1, 2, 3, 2)] },
  { name: 'max', f: (x) => tf.max(x!, [1]), inputs: [spaced(3, 4)] },
  { name: 'max of all', f: (x) => tf.max(x!), inputs: [spaced(3, 4)] },
  { name: 'min', f: (x) => tf.min(x!, [0, 2], true), inputs: [spaced(2, 3, 4)] },
  { name: 'logSumExp', f: (x) => tf.logSumExp(x!, 1), inputs: [spaced(3, 5)] },
  { name: 'prod', f: (x) => tf.prod(x!, 1), inputs: [between(0.5, 1.5, 3, 4)] },
  {
    name: 'prod with a zero',
    f: (x) => tf.prod(x!, 1),
    inputs: [{ shape: [2, 3], values: [0.5, 0, 1.2, 0.7, 0, 0] }],
  },
  { name: 'prod of two axes', f: (x) => tf.prod(x!, [0, 2]), inputs: [between(0.5, 1.5, 2, 3, 2)] },
  { name: 'cumsum', f: (x) => tf.cumsum(x!, 1), inputs: [between(-1, 1, 2, 4)] },
  { name: 'cumsum, first axis', f: (x) => tf.cumsum(x!, 0), inputs: [between(-1, 1, 4, 3)] },
  {
    name: 'cumsum, middle axis, exclusive and reversed',
    f: (x) => tf.cumsum(x!, 1, true, true),
    inputs: [between(-1, 1, 2, 4, 3)],
  },
  { name: 'cumprod', f: (x) => tf.cumprod(x!, 1), inputs: [between(0.5, 1.5, 2, 4)] },
  {
    name: 'cumprod, first axis, exclusive and reversed',
    f: (x) => tf.cumprod(x!, 0, true, true),
    inputs: [between(-1, 1, 4, 3)],
  },
  { name: 'topk', f: (x) => tf.topk(x!, 3).values, inputs: [spaced(2, 2, 5)] },
  { name: 'norm, euclidean', f: (x) => tf.norm(x!, 'euclidean', 1), inputs: [spaced(3, 4)] },
  { name: 'norm, L1', f: (x) => tf.norm(x!, 1, 1), inputs: [spaced(3, 4)] },
  { name: 'norm, maximum', f: (x) => tf.norm(tf.add(x!, 2), Infinity, 1), inputs: [spaced(3, 4)] },
];
