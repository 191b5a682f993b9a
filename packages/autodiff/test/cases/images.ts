import * as tf from '@tensorflow/tfjs';
import { between, type Case, spaced } from '../finiteDifferences.js';

const image = (f: (x: tf.Tensor4D) => tf.Tensor) => (x?: tf.Tensor) => f(x as tf.Tensor4D);

const pools: [string, number, number, 'same' | 'valid' | number][] = [
  ['2x2', 2, 2, 'valid'],
  ['3x3 stride 2 same', 3, 2, 'same'],
  ['3x3 stride 1 same', 3, 1, 'same'],
  ['3x3 stride 2 padding 1', 3, 2, 1],
];

const resizes: [string, [number, number], boolean?, boolean?][] = [
  ['up 2', [6, 8]],
  ['up 2 and 3', [6, 12]],
  ['up to 7x5', [7, 5]],
  ['down to 2x3', [2, 3]],
  ['aligned corners', [7, 9], true],
  ['half-pixel centres, up 2', [6, 8], false, true],
  ['half-pixel centres, to 5x7', [5, 7], false, true],
  ['half-pixel centres, down', [2, 2], false, true],
];

export const images: Case[] = [
  ...pools.flatMap(([name, size, stride, pad]): Case[] => [
    {
      name: `avgPool, ${name}`,
      f: image((x) => tf.avgPool(x, size, stride, pad)),
      inputs: [between(-1, 1, 2, 6, 5, 2)],
    },
    {
      name: `maxPool, ${name}`,
      f: image((x) => tf.maxPool(x, size, stride, pad)),
      inputs: [spaced(2, 6, 5, 2)],
    },
  ]),
  {
    name: 'avgPool3d, padded',
    f: (x) => tf.avgPool3d(x as tf.Tensor5D, 3, 2, 'same'),
    inputs: [between(-1, 1, 1, 3, 4, 3, 2)],
  },
  ...resizes.flatMap(([name, size, aligned, half]): Case[] => [
    {
      name: `resizeBilinear, ${name}`,
      f: image((x) => tf.image.resizeBilinear(x, size, aligned, half)),
      inputs: [between(-1, 1, 2, 3, 4, 2)],
    },
    {
      name: `resizeNearestNeighbor, ${name}`,
      f: image((x) => tf.image.resizeNearestNeighbor(x, size, aligned, half)),
      inputs: [between(-1, 1, 2, 3, 4, 2)],
    },
  ]),
  {
    name: 'layers.upSampling2d',
    f: (x) => tf.layers.upSampling2d({ size: [2, 2] }).apply(x!) as tf.Tensor,
    inputs: [between(-1, 1, 2, 3, 2, 2)],
  },
  {
    name: 'mirrorPad, reflect',
    f: image((x) =>
      tf.mirrorPad(
        x,
        [
          [0, 0],
          [2, 1],
          [1, 3],
          [0, 0],
        ],
        'reflect',
      ),
    ),
    inputs: [between(-1, 1, 2, 3, 4, 2)],
  },
  {
    name: 'mirrorPad, symmetric',
    f: image((x) =>
      tf.mirrorPad(
        x,
        [
          [0, 0],
          [2, 3],
          [1, 0],
          [0, 0],
        ],
        'symmetric',
      ),
    ),
    inputs: [between(-1, 1, 2, 3, 4, 2)],
  },
  {
    name: 'pad',
    f: image((x) =>
      tf.pad(x, [
        [0, 0],
        [1, 2],
        [0, 1],
        [0, 0],
      ]),
    ),
    inputs: [between(-1, 1, 1, 2, 3, 2)],
  },
  {
    name: 'depthToSpace, NHWC',
    f: image((x) => tf.depthToSpace(x, 2, 'NHWC')),
    inputs: [between(-1, 1, 2, 2, 3, 8)],
  },
  {
    name: 'spaceToDepth by reshape and transpose',
    f: (x) => tf.reshape(tf.transpose(tf.reshape(x!, [2, 2, 2, 3, 2, 2]), [0, 1, 3, 2, 4, 5]), [2, 2, 3, 8]),
    inputs: [between(-1, 1, 2, 4, 6, 2)],
  },
  {
    name: 'flipLeftRight',
    f: image((x) => tf.image.flipLeftRight(x)),
    inputs: [between(-1, 1, 2, 2, 3, 2)],
  },
  {
    name: 'spaceToBatchND and back',
    f: image((x) =>
      tf.batchToSpaceND(
        tf.square(
          tf.spaceToBatchND(
            x,
            [2, 2],
            [
              [0, 0],
              [1, 1],
            ],
          ),
        ),
        [2, 2],
        [
          [0, 0],
          [1, 1],
        ],
      ),
    ),
    inputs: [between(-1, 1, 1, 4, 4, 2)],
  },
];
