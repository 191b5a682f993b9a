import type * as tf from '@tensorflow/tfjs';
import { activations } from './activations.js';
import { arithmetic } from './arithmetic.js';
import { convolutions } from './convolution.js';
import { indexing } from './indexing.js';
import { matrices } from './matrices.js';
import { normalization } from './normalization.js';
import { notDifferentiable } from './notDifferentiable.js';
import { piecewiseConstant } from './piecewiseConstant.js';
import { pooling } from './pooling.js';
import { reductions } from './reductions.js';
import { resizing } from './resizing.js';
import { shapes } from './shapes.js';

/** Every gradient that replaces or completes a stock one. What is not here is right in TensorFlow.js. */
export const gradients: tf.GradConfig[] = [
  ...activations,
  ...arithmetic,
  ...convolutions,
  ...indexing,
  ...matrices,
  ...normalization,
  ...notDifferentiable,
  ...piecewiseConstant,
  ...pooling,
  ...reductions,
  ...resizing,
  ...shapes,
];
