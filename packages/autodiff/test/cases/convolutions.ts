import * as tf from '@tensorflow/tfjs';
import { between, type Case } from '../finiteDifferences.js';

type Pad =
  | 'same'
  | 'valid'
  | number
  | [[number, number], [number, number], [number, number], [number, number]];

const conv2d = (name: string, stride: number, pad: Pad, dilation = 1, kernel = 3): Case => ({
  name: `conv2d, ${name}`,
  f: (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, pad as 'same', 'NHWC', dilation),
  inputs: [between(-1, 1, 2, 6, 5, 2), between(-1, 1, kernel, kernel, 2, 3)],
});

const depthwise = (name: string, stride: number, pad: Pad, dilation = 1): Case => ({
  name: `depthwiseConv2d, ${name}`,
  f: (x, w) =>
    tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, pad as 'same', 'NHWC', dilation),
  inputs: [between(-1, 1, 2, 6, 5, 2), between(-1, 1, 3, 3, 2, 2)],
});

export const convolutions: Case[] = [
  conv2d('same', 1, 'same'),
  conv2d('valid', 1, 'valid'),
  conv2d('stride 2 same', 2, 'same'),
  conv2d('4x4 stride 2 same', 2, 'same', 1, 4),
  conv2d('stride 2 valid', 2, 'valid'),
  conv2d('padding 1', 1, 1),
  conv2d('explicit padding', 1, [
    [0, 0],
    [2, 1],
    [0, 1],
    [0, 0],
  ]),
  conv2d('dilation 2 same', 1, 'same', 2),
  conv2d('dilation 2 valid', 1, 'valid', 2),
  conv2d('1x1', 1, 'valid', 1, 1),
  {
    name: 'conv2d of one image',
    f: (x, w) => tf.conv2d(x as tf.Tensor3D, w as tf.Tensor4D, 1, 'same'),
    inputs: [between(-1, 1, 5, 4, 2), between(-1, 1, 3, 3, 2, 2)],
  },
  {
    name: 'conv1d',
    f: (x, w) => tf.conv1d(x as tf.Tensor3D, w as tf.Tensor3D, 2, 'same'),
    inputs: [between(-1, 1, 2, 7, 2), between(-1, 1, 3, 2, 3)],
  },
  {
    name: 'conv2d, dilated conv1d',
    f: (x, w) => tf.conv1d(x as tf.Tensor3D, w as tf.Tensor3D, 1, 'same', 'NWC', 2),
    inputs: [between(-1, 1, 2, 7, 2), between(-1, 1, 3, 2, 3)],
  },
  {
    name: 'conv3d',
    f: (x, w) => tf.conv3d(x as tf.Tensor5D, w as tf.Tensor5D, [1, 2, 1], 'same'),
    inputs: [between(-1, 1, 1, 3, 4, 3, 2), between(-1, 1, 2, 3, 2, 2, 2)],
  },
  {
    name: 'conv2dTranspose, stride 2 same',
    f: (x, w) => tf.conv2dTranspose(x as tf.Tensor4D, w as tf.Tensor4D, [2, 6, 8, 2], 2, 'same'),
    inputs: [between(-1, 1, 2, 3, 4, 3), between(-1, 1, 4, 4, 2, 3)],
  },
  {
    name: 'conv2dTranspose, stride 1 valid',
    f: (x, w) => tf.conv2dTranspose(x as tf.Tensor4D, w as tf.Tensor4D, [2, 4, 4, 3], 1, 'valid'),
    inputs: [between(-1, 1, 2, 1, 1, 4), between(-1, 1, 4, 4, 3, 4)],
  },
  depthwise('same', 1, 'same'),
  depthwise('stride 2 same', 2, 'same'),
  depthwise('valid', 1, 'valid'),
  depthwise('dilation 2', 1, 'same', 2),
  {
    name: 'separableConv2d',
    f: (x, d, p) => tf.separableConv2d(x as tf.Tensor4D, d as tf.Tensor4D, p as tf.Tensor4D, 2, 'same'),
    inputs: [between(-1, 1, 2, 5, 4, 2), between(-1, 1, 3, 3, 2, 2), between(-1, 1, 1, 1, 4, 3)],
  },
  {
    name: 'fused conv2d with bias, as in tf.layers',
    f: (x, w, bias) =>
      tf.leakyRelu(
        tf.fused.conv2d({
          x: x as tf.Tensor4D,
          filter: w as tf.Tensor4D,
          strides: 2,
          pad: 'same',
          bias: bias!,
        }),
        0.2,
      ),
    inputs: [between(-1, 1, 2, 4, 5, 2), between(-1, 1, 3, 3, 2, 2), between(3, 4, 2)],
  },
  {
    name: 'modulated conv2d with demodulation',
    f: (x, w, style) => {
      const scaled = tf.conv2d(
        tf.mul(x!, tf.reshape(style!, [2, 1, 1, 2])) as tf.Tensor4D,
        w as tf.Tensor4D,
        1,
        'same',
      );
      const modulated = tf.mul(tf.expandDims(w!, 0), tf.reshape(style!, [2, 1, 1, 2, 1]));
      const norm = tf.rsqrt(tf.add(tf.sum(tf.square(modulated), [1, 2, 3]), 1e-8));
      return tf.mul(scaled, tf.reshape(norm, [2, 1, 1, 3]));
    },
    inputs: [between(-1, 1, 2, 4, 4, 2), between(-1, 1, 3, 3, 2, 3), between(0.5, 1.5, 2, 2)],
  },
  {
    name: 'modulated conv2d through the filter',
    f: (x, w, style) => {
      const modulated = tf.mul(w!, tf.reshape(style!, [1, 1, 2, 1]));
      return tf.conv2d(x as tf.Tensor4D, modulated as tf.Tensor4D, 1, 'same');
    },
    inputs: [between(-1, 1, 1, 4, 4, 2), between(-1, 1, 3, 3, 2, 3), between(0.5, 1.5, 2)],
  },
];
