import { ShapeError } from '@ganjs/errors';
import type * as tf from '@tensorflow/tfjs';
import { checkReduction, checkScores } from '../checks.js';
import type { Reduced, Reduction } from '../reduction.js';

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

/**
 * An adversarial loss that also tells its samples apart, as every one of this package does.
 *
 * With the reduction 'none' each side gives one value a sample, [N], the mean over its patches; the mean of
 * those is the loss. The discriminator adds the terms of the real and the fake sample of one row, so it then
 * needs batches of one size. An unknown reduction throws an OptionError, unequal sizes a ShapeError.
 */
export interface PerSampleLoss extends AdversarialLoss {
  /** @returns what the discriminator minimises, a scalar, with 'none' [N]. */
  discriminator<R extends Reduction = 'mean'>(real: tf.Tensor, fake: tf.Tensor, reduction?: R): Reduced<R>;
  /** @returns what the generator minimises, a scalar, with 'none' [N]. */
  generator<R extends Reduction = 'mean'>(fake: tf.Tensor, real?: tf.Tensor, reduction?: R): Reduced<R>;
}

/** Throws a ShapeError unless both are scores; their batch sizes may differ, but not with the reduction 'none'. */
export function checkBothScores(
  where: string,
  real: tf.Tensor,
  fake: tf.Tensor,
  reduction?: Reduction,
): void {
  checkScores(where, 'real', real);
  checkScores(where, 'fake', fake);
  checkReduction(where, reduction, 'real', real);
  if (reduction !== 'none' || real.shape[0] === fake.shape[0]) return;
  throw new ShapeError(
    where,
    `real [${real.shape}] and fake [${fake.shape}] with reduction 'none'`,
    'batches of one size',
    "The terms of one row are added: take as many fakes as reals, or reduce with 'mean'.",
  );
}

/** Throws a ShapeError unless `fake` are scores, an OptionError for an unknown reduction. */
export function checkFakeScores(where: string, fake: tf.Tensor, reduction: Reduction | undefined): void {
  checkScores(where, 'fake', fake);
  checkReduction(where, reduction, 'fake', fake);
}
