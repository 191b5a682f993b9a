import * as tf from '@tensorflow/tfjs';
import { between, type Case, spaced, type Values } from '../finiteDifferences.js';

const unary: [string, (x: tf.Tensor) => tf.Tensor, Values][] = [
  ['abs', tf.abs, spaced(20)],
  ['exp', tf.exp, between(-1, 1, 20)],
  ['expm1', tf.expm1, between(-1, 1, 20)],
  ['log', tf.log, between(0.5, 3, 20)],
  ['log1p', tf.log1p, between(-0.4, 3, 20)],
  ['sqrt', tf.sqrt, between(0.5, 3, 20)],
  ['rsqrt', tf.rsqrt, between(0.5, 3, 20)],
  ['reciprocal', tf.reciprocal, between(0.5, 3, 20)],
  ['square', tf.square, between(-2, 2, 20)],
  ['neg', tf.neg, between(-2, 2, 20)],
  ['pow 3', (x) => tf.pow(x, 3), between(-2, 2, 20)],
  ['pow 1.5', (x) => tf.pow(x, 1.5), between(0.5, 2, 20)],
  ['sin', tf.sin, between(-2, 2, 20)],
  ['cos', tf.cos, between(-2, 2, 20)],
  ['tan', tf.tan, between(-0.8, 0.8, 20)],
  ['asin', tf.asin, between(-0.6, 0.6, 20)],
  ['acos', tf.acos, between(-0.6, 0.6, 20)],
  ['atan', tf.atan, between(-2, 2, 20)],
  ['sinh', tf.sinh, between(-1, 1, 20)],
  ['cosh', tf.cosh, between(-1, 1, 20)],
  ['asinh', tf.asinh, between(-2, 2, 20)],
  ['acosh', tf.acosh, between(1.6, 3, 20)],
  ['atanh', tf.atanh, between(-0.6, 0.6, 20)],
  ['erf', tf.erf, between(-1, 1, 20)],
  ['clipByValue', (x) => tf.clipByValue(x, -0.6, 0.6), spaced(20)],
  ['maximum with a number', (x) => tf.maximum(x, 0), spaced(20)],
  ['minimum with a number', (x) => tf.minimum(x, 0), spaced(20)],
  [
    'where with a computed condition',
    (x) => tf.where(tf.greater(x, 0), tf.square(x), tf.mul(x, 3)),
    spaced(20),
  ],
  ['mod', (x) => tf.mod(tf.add(x, 0.47), 1.44), spaced(20)],
];

const binary: [string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor, Values, Values][] = [
  ['add', tf.add, between(-1, 1, 3, 4), between(-1, 1, 4)],
  ['sub', tf.sub, between(-1, 1, 3, 1), between(-1, 1, 3, 4)],
  ['mul', tf.mul, between(-1, 1, 3, 4), between(-1, 1, 3, 1)],
  ['div', tf.div, between(-1, 1, 3, 4), between(0.5, 2, 4)],
  ['pow', tf.pow, between(0.5, 2, 3, 4), between(-1, 2, 4)],
  ['atan2', tf.atan2, between(0.5, 1, 3, 4), between(0.5, 2, 4)],
  ['squaredDifference', tf.squaredDifference, between(-1, 1, 3, 4), between(-1, 1, 3, 4)],
  ['squaredDifference, broadcasting', tf.squaredDifference, between(-1, 1, 2, 3, 4), between(-1, 1, 3, 1)],
  ['maximum', tf.maximum, spaced(3, 4), { shape: [4], values: [-0.36, 0.24, 0.36, 0] }],
  ['minimum', tf.minimum, { shape: [4], values: [-0.36, 0.24, 0.36, 0] }, spaced(3, 4)],
];

export const arithmetic: Case[] = [
  ...unary.map(([name, f, x]) => ({ name, f: f as Case['f'], inputs: [x] })),
  ...binary.map(([name, f, a, b]) => ({ name, f: f as Case['f'], inputs: [a, b] })),
  {
    name: 'addN',
    f: (a, b, c) => tf.addN([a!, b!, c!]),
    inputs: [between(-1, 1, 3), between(-1, 2, 3), between(0, 1, 3)],
  },
];
