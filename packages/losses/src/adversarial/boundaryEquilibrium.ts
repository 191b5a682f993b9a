import * as tf from '@tensorflow/tfjs';
import { checkOption, checkScores } from '../checks.js';
import { NonFiniteError } from '../errors.js';
import { checkBothScores } from './adversarialLoss.js';

/** The objective of BEGAN. Unlike an AdversarialLoss its discriminator also takes the balance `k`. */
export interface BoundaryEquilibriumLoss {
  readonly name: string;
  /** @returns mean real - k mean fake. `k` in [0, 1] is state of the game, 0 at the start; no gradient flows to it. */
  discriminator(real: tf.Tensor, fake: tf.Tensor, k: number): tf.Scalar;
  /** @returns mean fake. */
  generator(fake: tf.Tensor): tf.Scalar;
  /**
   * The controller, to be called after both players moved, with their mean energies as numbers.
   *
   * @returns clip(k + gain (γ real - fake), 0, 1).
   * @throws NonFiniteError for an energy that is NaN or infinite: it would stay in k for ever.
   */
  nextK(k: number, real: number, fake: number): number;
  /** @returns the global measure of convergence, real + |γ real - fake|: lower is better. */
  convergence(real: number, fake: number): number;
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
 * @param options.gain the proportional gain λ_k > 0 of the controller. Default 0.001.
 * @returns the two sides on energies [N] or [N, 1], mean-reduced, and the controller.
 * @throws OptionError for an option out of range or k outside [0, 1]; ShapeError for energies without a batch axis.
 * @source Berthelot, Schumm, Metz, "BEGAN" (2017), section 3.4.
 */
export function boundaryEquilibrium({ gamma = 0.5, gain = 0.001 } = {}): BoundaryEquilibriumLoss {
  checkOption('boundaryEquilibrium', 'gamma', gamma, 0, 1);
  checkOption('boundaryEquilibrium', 'gain', gain, 0);
  return {
    name: 'boundary-equilibrium',
    discriminator(real, fake, k) {
      checkBothScores('boundaryEquilibrium.discriminator', real, fake);
      checkOption('boundaryEquilibrium.discriminator', 'k', k, 0, 1);
      return tf.tidy(() => tf.sub(tf.mean<tf.Scalar>(real), tf.mul(k, tf.mean<tf.Scalar>(fake))));
    },
    generator(fake) {
      checkScores('boundaryEquilibrium.generator', 'fake', fake);
      return tf.tidy(() => tf.mean<tf.Scalar>(fake));
    },
    nextK(k, real, fake) {
      checkOption('boundaryEquilibrium.nextK', 'k', k, 0, 1);
      if (!Number.isFinite(real) || !Number.isFinite(fake)) {
        throw new NonFiniteError(
          'boundaryEquilibrium.nextK',
          `energies ${real} (real) and ${fake} (fake)`,
          'finite mean energies',
          'Training has diverged: go back to a checkpoint and lower the learning rate.',
        );
      }
      return Math.min(1, Math.max(0, k + gain * (gamma * real - fake)));
    },
    convergence: (real, fake) => real + Math.abs(gamma * real - fake),
  };
}
