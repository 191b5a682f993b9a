import { groupNorm, instanceNorm, minibatchDiscrimination, spectralNorm } from '@ganjs/layers';
import * as tf from '@tensorflow/tfjs';
import type { BatchNormOptions } from './networkOptions.js';
import { checkNorm } from './norm.js';

/** What is normalized between a discriminator's layers. The first layer never is, so that it sees the image's colours. */
export type DiscriminatorNorm =
  | 'none'
  /** Over the batch, as in DCGAN. Not with gradient penalties, which are of each sample alone. */
  | 'batch'
  /** Over all features of a sample, with a scale and an offset per channel, as in WGAN-GP. */
  | 'layer'
  /** Over the pixels of each channel of a sample. A dense layer, which has no pixels, takes none. */
  | 'instance';

/** What every discriminator can be given, whatever its layers are. */
export interface DiscriminatorOptions {
  /** Default `none`. */
  readonly norm?: DiscriminatorNorm;
  /** Divides each layer's kernel by its largest singular value (Miyato et al., 2018). Default false. */
  readonly spectralNorm?: boolean;
  /**
   * Kernels of minibatch discrimination, of dimension 5 each, between the features and the logit (Salimans et
   * al., 2016, take 100). Default 0: none.
   */
  readonly minibatchDiscrimination?: number;
}

/** Dimension of the space in which minibatch discrimination measures distances. */
const KERNEL_DIMENSION = 5;

/** The layer, spectrally normalized on request, under its own name. */
export function spectral(layer: tf.layers.Layer, { spectralNorm: wanted = false }: DiscriminatorOptions) {
  return wanted ? spectralNorm({ name: layer.name, layer }) : layer;
}

/** `x` normalized: a map, or a vector of features. */
export function normalized(
  x: tf.SymbolicTensor,
  name: string,
  norm: DiscriminatorNorm,
  batchNorm: Required<BatchNormOptions>,
): tf.SymbolicTensor {
  checkNorm(norm, 'none', 'batch', 'layer', 'instance');
  const map = x.rank === 4;
  const layer = {
    none: () => undefined,
    batch: () =>
      tf.layers.batchNormalization({
        name,
        momentum: batchNorm.batchNormMomentum,
        epsilon: batchNorm.epsilon,
      }),
    layer: () =>
      map ? groupNorm({ name, groups: 1 }) : tf.layers.layerNormalization({ name, epsilon: 1e-5 }),
    instance: () => (map ? instanceNorm({ name }) : undefined),
  }[norm]();
  return layer ? (layer.apply(x) as tf.SymbolicTensor) : x;
}

/** From features `[batch, n]` to the logit, over minibatch discrimination where it is asked for. */
export function logitOf(
  features: tf.SymbolicTensor,
  options: DiscriminatorOptions,
  dense: { readonly useBias: boolean; readonly kernelInitializer: ReturnType<typeof tf.initializers.ones> },
): tf.SymbolicTensor {
  const { minibatchDiscrimination: kernels = 0 } = options;
  const seen =
    kernels > 0
      ? minibatchDiscrimination({
          name: 'minibatch_features',
          kernels,
          kernelDimension: KERNEL_DIMENSION,
        }).apply(features)
      : features;
  const logit = spectral(tf.layers.dense({ name: 'logit', units: 1, ...dense }), options);
  return logit.apply(seen) as tf.SymbolicTensor;
}
