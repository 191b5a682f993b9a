import type * as tf from '@tensorflow/tfjs';
import { NotDifferentiableError } from '../errors.js';

const complex = 'derivatives through complex numbers are not defined here; keep the path real.';
const integers = 'its result is made of integers or positions.';
const sparse = 'use gather, scatterND or a mask.';
const geometry = 'use gather, or matMul with an interpolation matrix.';
const first = 'only the first derivative of this kernel exists.';

/** Kernels that throw a typed error when a derivative is asked: [reason, kernels]. */
const refused: [string, string[]][] = [
  [complex, ['Complex', 'ComplexAbs', 'Real', 'Imag', 'FFT', 'IFFT']],
  [
    integers,
    [
      'Bincount',
      'BitwiseAnd',
      'DenseBincount',
      'LowerBound',
      'Multinomial',
      'NonMaxSuppressionV3',
      'NonMaxSuppressionV4',
      'NonMaxSuppressionV5',
      'SearchSorted',
      'Unique',
      'UpperBound',
    ],
  ],
  [
    sparse,
    [
      'RaggedGather',
      'RaggedTensorToTensor',
      'SparseFillEmptyRows',
      'SparseSegmentMean',
      'SparseSegmentSum',
      'SparseToDense',
      'TensorScatterUpdate',
    ],
  ],
  [geometry, ['CropAndResize', 'RotateWithOffset', 'Transform']],
  ['use maxPool.', ['MaxPoolWithArgmax']],
  [
    'use the ops without an activation, which differentiate.',
    ['_FusedMatMul', 'FusedConv2D', 'FusedDepthwiseConv2D'],
  ],
  [
    first,
    [
      'Dilation2DBackpropFilter',
      'Dilation2DBackpropInput',
      'LRNGrad',
      'MaxPool3DGrad',
      'ResizeBilinearGrad',
      'ResizeNearestNeighborGrad',
    ],
  ],
];

/** Kernels that have no derivative: asking for one throws, with the reason. */
export const notDifferentiable: tf.GradConfig[] = refused.flatMap(([reason, kernels]) =>
  kernels.map((kernelName) => ({
    kernelName,
    gradFunc: () => {
      throw new NotDifferentiableError(kernelName, reason);
    },
  })),
);
