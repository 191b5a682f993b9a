import { checkOption } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { meanOf, type Reduced, type Reduction } from '../reduction.js';
import { checkBothScores, checkFakeScores } from './adversarialLoss.js';

/** The objective of BEGAN. Unlike an AdversarialLoss its discriminator also takes the balance `k`. */
export interface BoundaryEquilibriumLoss {
  readonly name: string;
  /**
   * @returns mean real - k mean fake, with 'none' real - k fake of each row. `k` in [0, 1] is state of the game, 0 at the
   * start; no gradient may flow to it.
   */
  discriminator<R extends Reduction = 'mean'>(
    real: tf.Tensor,
    fake: tf.Tensor,
    k: number | tf.Scalar,
    reduction?: R,
  ): Reduced<R>;
  /** @returns mean fake, with 'none' fake. */
  generator<R extends Reduction = 'mean'>(fake: tf.Tensor, reduction?: R): Reduced<R>;
  /** The controller, to be called after both players moved. @returns clip(k + gain (γ mean real - mean fake), 0, 1). */
  nextK(k: number | tf.Scalar, real: tf.Tensor, fake: tf.Tensor): tf.Scalar;
  /** @returns the global measure of convergence, mean real + |γ mean real - mean fake|: lower is better. */
  convergence(real: tf.Tensor, fake: tf.Tensor): tf.Scalar;
}

/**
 * The boundary-equilibrium game: energies (an autoencoder's mean absolute error) of reals and fakes are kept
 * in the proportion γ by a controller.
 *
 *     D = mean real - k mean fake
 *     G = mean fake
 *     k ← clip(k + gain (γ mean real - mean fake), 0, 1),   M = mean real + |γ mean real - mean fake|
 *
 * @param options.gamma the diversity ratio γ in [0, 1]; lower means sharper and less diverse. Default 0.5.
 * @param options.gain the proportional gain λ_k >= 0 of the controller. Default 0.001.
 * @returns the two sides on energies [N] or [N, 1], and the controller.
 * @throws OptionError for an option out of range; ShapeError for energies without a batch axis.
 * @source Berthelot, Schumm, Metz, "BEGAN" (2017), section 3.4.
 */
export function boundaryEquilibrium({ gamma = 0.5, gain = 0.001 } = {}): BoundaryEquilibriumLoss {
  checkOption('boundaryEquilibrium', 'gamma', gamma, 0, 1);
  checkOption('boundaryEquilibrium', 'gain', gain, 0);
  const imbalance = (real: tf.Tensor, fake: tf.Tensor): tf.Scalar =>
    tf.sub(tf.mul(gamma, tf.mean<tf.Scalar>(real)), tf.mean<tf.Scalar>(fake));
  return {
    name: 'boundary-equilibrium',
    discriminator(real, fake, k, reduction) {
      checkBothScores('boundaryEquilibrium.discriminator', real, fake, reduction);
      return tf.tidy(() => tf.sub(meanOf(real, reduction), tf.mul(k, meanOf(fake, reduction))));
    },
    generator(fake, reduction) {
      checkFakeScores('boundaryEquilibrium.generator', fake, reduction);
      return tf.tidy(() => meanOf(fake, reduction));
    },
    nextK(k, real, fake) {
      checkBothScores('boundaryEquilibrium.nextK', real, fake);
      return tf.tidy(() =>
        tf.clipByValue<tf.Scalar>(tf.add<tf.Scalar>(k, tf.mul(gain, imbalance(real, fake))), 0, 1),
      );
    },
    convergence(real, fake) {
      checkBothScores('boundaryEquilibrium.convergence', real, fake);
      return tf.tidy(() => tf.add(tf.mean<tf.Scalar>(real), tf.abs(imbalance(real, fake))));
    },
  };
}
