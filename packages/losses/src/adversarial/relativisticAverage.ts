import * as tf from '@tensorflow/tfjs';
import type { Reduced, Reduction } from '../reduction.js';
import { checkBothScores, type PerSampleLoss } from './adversarialLoss.js';
import { needReal, type RelativisticLoss } from './relativistic.js';

/**
 * The relativistic average game: how much more real is a sample than the average of the other kind?
 *
 *     D = base.D(real - mean fake, fake - mean real)
 *     G = base.D(fake - mean real, real - mean fake)
 *
 * With `nonSaturating()` this is RaGAN, the paper's sum of two terms (ESRGAN's code averages them: half of
 * this); with `leastSquares({ a: -1, b: 1 })` RaLSGAN; with `hinge` RaHingeGAN. Gradients flow through the
 * means.
 *
 * @param base a loss of logits.
 * @returns a RelativisticLoss; batch sizes may differ, patch maps are compared with the batch's mean at each
 * position.
 * @throws ShapeError for scores without a batch axis; MissingInputError when G is called without `real`.
 * @source Jolicoeur-Martineau, "The Relativistic Discriminator" (2018): RaGAN.
 */
export function relativisticAverage(base: PerSampleLoss): RelativisticLoss {
  const name = `relativistic average ${base.name}`;
  const side = <R extends Reduction>(
    where: string,
    first: tf.Tensor,
    second: tf.Tensor,
    reduction?: R,
  ): Reduced<R> => {
    checkBothScores(where, first, second, reduction);
    return tf.tidy(() =>
      base.discriminator(tf.sub(first, batchMean(second)), tf.sub(second, batchMean(first)), reduction),
    );
  };
  return {
    name,
    generatorNeedsReal: true,
    discriminator: (real, fake, reduction) => side(`${name}.discriminator`, real, fake, reduction),
    generator: (fake, real, reduction) =>
      side(`${name}.generator`, fake, needReal(`${name}.generator`, real), reduction),
  };
}

function batchMean(scores: tf.Tensor): tf.Tensor {
  return tf.mean(scores, 0, true);
}
