import { suggestion } from '@ganjs/errors';
import { ambientNormal, instanceNorm } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';
import { ArchitectureError } from './errors.js';

/** What follows the convolutions of a translation network. */
export type Norm =
  /** By the statistics of the batch, with a scale and an offset for each channel. */
  | 'batch'
  /** By each image's own statistics. */
  | 'instance'
  /** The same with a scale and an offset: what batch norm is on a batch of one image, in training and afterwards. */
  | 'instance-affine'
  | 'none';

/** A layer of that normalization (epsilon 1e-5, scales from N(1, 0.02²)); null for none. */
export function normOf(norm: Norm, name: string): tf.layers.Layer | null {
  const epsilon = 1e-5;
  const gammaInitializer = ambientNormal({ mean: 1, deviation: 0.02 });
  switch (norm) {
    case 'batch':
      return tf.layers.batchNormalization({ name, epsilon, momentum: 0.9, gammaInitializer });
    case 'instance':
      return instanceNorm({ name, epsilon, scale: false, center: false });
    case 'instance-affine':
      return instanceNorm({ name, epsilon, gammaInitializer });
    case 'none':
      return null;
    default:
      throw unknownNorm(norm, ['batch', 'instance', 'instance-affine', 'none']);
  }
}

/**
 * Checks the name of a norm: one that plain JavaScript misspelt must not count as none.
 *
 * @throws ArchitectureError that names the nearest.
 */
export function checkNorm(norm: string, ...known: readonly string[]): void {
  if (!known.includes(norm)) throw unknownNorm(norm, known);
}

function unknownNorm(norm: string, known: readonly string[]): ArchitectureError {
  return new ArchitectureError(`@ganjs/architectures: there is no norm "${norm}".${suggestion(norm, known)}`);
}

/** Whether a convolution in front of that normalization has biases: where an offset follows they are left out. */
export function biasBefore(norm: Norm): boolean {
  return norm === 'instance' || norm === 'none';
}
