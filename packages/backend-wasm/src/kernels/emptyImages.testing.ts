import * as tf from '@tensorflow/tfjs';
import { type Cases, four, one, two } from './count.testing.js';

const kernel = (name: string, inputs: object, attributes: object = {}) =>
  tf.engine().runKernel(name, inputs as tf.NamedTensorMap, attributes as tf.NamedAttrMap) as tf.Tensor;

const pooled = { filterSize: 2, strides: 2, pad: 'valid' };

const fusedConv = (channels: number, activation: tf.fused.Activation, size = 4) =>
  tf.fused.conv2d({
    x: four(1, size, size, channels),
    filter: four(3, 3, channels, 3),
    strides: 1,
    pad: 'same',
    bias: tf.sub(one(3), 2),
    activation,
    leakyreluAlpha: 0.25,
  });

type Resize = (images: tf.Tensor4D, size: [number, number]) => tf.Tensor;

function resizing(name: string, kernelName: string, resize: Resize): Cases {
  const gradient = (images: tf.Tensor4D, dy: tf.Tensor4D) =>
    kernel(`${kernelName}Grad`, { images, dy }, { alignCorners: false, halfPixelCenters: false });
  return {
    [`${name} of no images`]: () => resize(four(0, 2, 2, 3), [4, 4]),
    [`${name} of no channels`]: () => resize(four(1, 2, 2, 0), [4, 4]),
    [`${name} to nothing`]: () => resize(four(1, 2, 2, 3), [0, 4]),
    [`${name} of images without rows`]: () => resize(four(1, 0, 2, 3), [4, 4]),
    [`${name} of images without columns`]: () => resize(four(1, 2, 0, 3), [4, 4]),
    [`${name}, gradient of no images`]: () => gradient(four(0, 2, 2, 3), four(0, 4, 4, 3)),
    [`${name}, gradient of images shrunk to nothing`]: () => gradient(four(1, 2, 2, 3), four(1, 0, 4, 3)),
    [`${name}, gradient of images without rows`]: () => gradient(four(1, 0, 2, 3), four(1, 4, 4, 3)),
  };
}

const upfirdn = (x: tf.Tensor4D) =>
  kernel(
    'GanjsUpfirdn',
    { x, taps: two(2, 2) },
    {
      up: [1, 1],
      down: [1, 1],
      padding: [
        [1, 1],
        [1, 1],
      ],
    },
  );

/** Convolutions, pooling, resizing, normalization. */
export const images: Cases = {
  'conv2d of no images': () => tf.conv2d(four(0, 4, 4, 2), four(3, 3, 2, 5), 1, 'same'),
  'conv2d of no channels': () => tf.conv2d(four(1, 4, 4, 0), four(3, 3, 0, 2), 2, 'same'),
  'conv2d to no channels': () => tf.conv2d(four(1, 4, 4, 2), four(3, 3, 2, 0), 1, 'valid'),
  'conv2d of empty images': () => tf.conv2d(four(1, 0, 4, 2), four(3, 3, 2, 2), 1, 'same'),
  'conv2d of empty images, padded': () =>
    tf.conv2d(four(1, 0, 2, 1), four(2, 2, 1, 1), 1, [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]),
  'fused conv2d of no channels': () => fusedConv(0, 'leakyrelu'),
  'fused conv2d of no channels, elu': () => fusedConv(0, 'elu'),
  'fused conv2d of empty images': () => fusedConv(2, 'relu', 0),
  'conv2dTranspose of no images': () =>
    tf.conv2dTranspose(four(0, 4, 4, 2), four(3, 3, 5, 2), [0, 8, 8, 5], 2, 'same'),
  'conv2dTranspose of no channels': () =>
    tf.conv2dTranspose(four(1, 2, 2, 0), four(3, 3, 5, 0), [1, 4, 4, 5], 2, 'same'),
  'conv2d, gradient of the filter without images': () =>
    kernel(
      'Conv2DBackpropFilter',
      { x: four(0, 4, 4, 2), dy: four(0, 4, 4, 3) },
      { strides: 1, pad: 'same', dataFormat: 'NHWC', filterShape: [3, 3, 2, 3] },
    ),
  'depthwiseConv2d of no images': () => tf.depthwiseConv2d(four(0, 4, 4, 2), four(3, 3, 2, 2), 1, 'same'),
  'depthwiseConv2d of no channels': () => tf.depthwiseConv2d(four(1, 4, 4, 0), four(3, 3, 0, 2), 1, 'same'),
  'depthwiseConv2d to no channels': () => tf.depthwiseConv2d(four(1, 4, 4, 2), four(3, 3, 2, 0), 1, 'same'),
  'depthwiseConv2d, gradient of the filter without images': () =>
    kernel(
      'DepthwiseConv2dNativeBackpropFilter',
      { x: four(0, 4, 4, 2), dy: four(0, 4, 4, 4) },
      { strides: 1, pad: 'same', dilations: 1, filterShape: [3, 3, 2, 2] },
    ),
  'avgPool of no images': () => tf.avgPool(four(0, 4, 4, 2), 2, 2, 'valid'),
  'avgPool of no channels': () => tf.avgPool(four(1, 4, 4, 0), 2, 2, 'valid'),
  'avgPool of empty images': () => tf.avgPool(four(1, 0, 4, 2), 2, 2, 'same'),
  'avgPool of empty images, padded': () => tf.avgPool(four(1, 0, 2, 1), 2, 2, 1),
  'maxPool of no images': () => tf.maxPool(four(0, 4, 4, 2), 2, 2, 'valid'),
  'maxPool of no channels': () => tf.maxPool(four(1, 4, 4, 0), 2, 2, 'valid'),
  'maxPool of empty images': () => tf.maxPool(four(1, 0, 4, 2), 2, 2, 'same'),
  'maxPool of empty images, padded': () => tf.maxPool(four(1, 0, 2, 1), 2, 2, 1),
  'maxPoolWithArgmax of no images': () =>
    Object.values(tf.maxPoolWithArgmax(four(0, 4, 4, 2), 2, 2, 'valid')),
  ...resizing('nearest neighbour', 'ResizeNearestNeighbor', tf.image.resizeNearestNeighbor),
  ...resizing('bilinear', 'ResizeBilinear', tf.image.resizeBilinear),
  'avgPool, gradient without images': () =>
    kernel('AvgPoolGrad', { dy: four(0, 2, 2, 2), input: four(0, 4, 4, 2) }, pooled),
  'maxPool, gradient without images': () =>
    kernel(
      'MaxPoolGrad',
      { dy: four(0, 2, 2, 2), input: four(0, 4, 4, 2), output: four(0, 2, 2, 2) },
      pooled,
    ),
  'batchNorm of no rows': () => tf.batchNorm(two(0, 3), one(3), one(3), one(3), one(3)),
  'batchNorm of no channels': () => tf.batchNorm(two(2, 0), one(0), one(0), one(0), one(0)),
  'batchNorm, gradients without rows': () =>
    kernel(
      'GanjsBatchNormGradient',
      { dy: two(0, 3), x: two(0, 3), mean: one(3), variance: one(3), scale: one(3) },
      { varianceEpsilon: 1e-3 },
    ),
  'leaky ReLU, gradient of nothing': () =>
    kernel('GanjsLeakyReluGradient', { dy: two(0, 3), x: two(0, 3) }, { alpha: 0.2 }),
  'upfirdn of no images': () => upfirdn(four(0, 2, 2, 2)),
  'upfirdn of no channels': () => upfirdn(four(1, 2, 2, 0)),
  'upfirdn of images without rows, padded': () => upfirdn(four(1, 0, 2, 1)),
};
