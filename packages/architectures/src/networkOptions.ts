import type { ImageShape } from '@ganjs/datasets';
import type { Initialization } from './initialization.js';

/** What every generator and discriminator of an image is given. */
export interface NetworkOptions {
  /** The shape of one image. */
  readonly image: ImageShape;
  /** Number of classes, for a conditional network: it takes int32 labels `[batch]` too. Default 0, unconditional. */
  readonly classes?: number;
  /** What the weights are drawn from at first. Default `glorot`. */
  readonly initialization?: Initialization;
  /** The weights are a pure function of it. */
  readonly seed: number;
}

/** What every generator is given that makes images of noise. */
export interface NoiseOptions extends NetworkOptions {
  /** Length of the noise vector. Default 100, of residual networks 128. */
  readonly latent?: number;
}

/** How batch norm is set, where a network has it. */
export interface BatchNormOptions {
  /** Fraction of the batch-norm statistics kept at each step. Default 0.99. */
  readonly batchNormMomentum?: number;
  /** Added to the variance by batch norm. Default 1e-3. */
  readonly epsilon?: number;
}
