import * as tf from '@tensorflow/tfjs';
import { checkSameShape } from '../checks.js';
import { MissingInputError } from '../errors.js';
import type { Reduced, Reduction } from '../reduction.js';
import { checkBothScores, type PerSampleLoss } from './adversarialLoss.js';

/** An adversarial loss whose generator compares its samples with real ones, and so needs both scores. */
export interface RelativisticLoss extends PerSampleLoss {
  readonly generatorNeedsReal: true;
  /** @throws MissingInputError when called without `real`. */
  generator<R extends Reduction = 'mean'>(fake: tf.Tensor, real: tf.Tensor, reduction?: R): Reduced<R>;
}

/**
 * The relativistic game: how much more real is a real sample than a fake one?
 *
 *     D = ½ base.D(real - fake, fake - real)
 *     G = ½ base.D(fake - real, real - fake)
 *
 * The half makes `relativistic(nonSaturating())` the RSGAN of the paper, D = mean softplus(fake - real),
 * because the two terms of a symmetric base are then equal.
 *
 * @param base a loss of logits, e.g. `nonSaturating()`, `hinge` or `leastSquares({ a: -1, b: 1 })`.
 * @returns a RelativisticLoss; scores are paired element by element, so both batches have one shape.
 * @throws ShapeError when the shapes differ; MissingInputError when G is called without `real`.
 * @source Jolicoeur-Martineau, "The Relativistic Discriminator" (2018): RGAN, later called RpGAN.
 */
export function relativistic(base: PerSampleLoss): RelativisticLoss {
  const name = `relativistic ${base.name}`;
  const side = <R extends Reduction>(
    where: string,
    first: tf.Tensor,
    second: tf.Tensor,
    reduction?: R,
  ): Reduced<R> => {
    checkBothScores(where, first, second, reduction);
    checkSameShape(where, 'real', first, 'fake', second);
    return tf.tidy(() => {
      const difference = tf.sub(first, second);
      return tf.mul(0.5, base.discriminator(difference, tf.neg(difference), reduction));
    });
  };
  return {
    name,
    generatorNeedsReal: true,
    discriminator: (real, fake, reduction) => side(`${name}.discriminator`, real, fake, reduction),
    generator: (fake, real, reduction) =>
      side(`${name}.generator`, fake, needReal(`${name}.generator`, real), reduction),
  };
}

/** Narrows an optional `real`, or throws a MissingInputError. */
export function needReal(where: string, real: tf.Tensor | undefined): tf.Tensor {
  if (real) return real;
  throw new MissingInputError(
    where,
    'no scores of real samples',
    'generator(fake, real)',
    'Score a batch of real samples with the same discriminator and pass it as the second argument.',
  );
}
