import type * as tf from '@tensorflow/tfjs';
import { checkScores } from '../checks.js';

/**
 * The two sides of an adversarial game, as functions of what the discriminator returns.
 *
 * Scores are float32 [N], [N, 1] or patch maps [N, H, W, 1]: logits, never probabilities. Every term is the
 * mean over all scores, and both sides are to be minimised. Each is a pure function; the caller decides
 * what the gradient flows to.
 */
export interface AdversarialLoss {
  readonly name: string;
  /** Present when `generator` cannot work without `real`, so that a trainer knows to score the reals too. */
  readonly generatorNeedsReal?: true;
  /** @returns what the discriminator minimises, a scalar. */
  discriminator(real: tf.Tensor, fake: tf.Tensor): tf.Scalar;
  /** @returns what the generator minimises, a scalar. */
  generator(fake: tf.Tensor, real?: tf.Tensor): tf.Scalar;
}

/** Throws a ShapeError unless both are scores; their batch sizes may differ. */
export function checkBothScores(where: string, real: tf.Tensor, fake: tf.Tensor): void {
  checkScores(where, 'real', real);
  checkScores(where, 'fake', fake);
}
