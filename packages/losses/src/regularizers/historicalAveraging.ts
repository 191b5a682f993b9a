import { checkWhole, ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { checkSameShape } from '../checks.js';

/**
 * Historical averaging: draws a player's weights towards the mean of all their past values.
 *
 *     Σ_w ‖θ_w - mean_w‖²
 *
 * @param weights the player's weights θ.
 * @param means their running means, of the same shapes and order; no gradient may flow to them.
 * @returns a scalar >= 0, summed over all weights.
 * @throws ShapeError when the lists do not fit.
 * @source Salimans et al., "Improved Techniques for Training GANs" (2016), section 3.3.
 */
export function historicalAveraging(weights: readonly tf.Tensor[], means: readonly tf.Tensor[]): tf.Scalar {
  checkLists('historicalAveraging', weights, means);
  return tf.tidy(() =>
    tf.addN(weights.map((weight, i) => tf.sum<tf.Scalar>(tf.square(tf.sub(weight, means[i]!))))),
  );
}

/**
 * The next running means: after t calls the mean of the t weights seen.
 *
 *     mean_t = mean_{t-1} + (θ_t - mean_{t-1}) / t
 *
 * @param means the present running means.
 * @param weights the weights θ_t to take in, of the same shapes and order.
 * @param t how many weights the new mean counts, >= 1; with 1 the old means do not matter.
 * @returns new tensors.
 * @throws ShapeError when the lists do not fit; OptionError for t < 1.
 * @source Salimans et al., "Improved Techniques for Training GANs" (2016), section 3.3.
 */
export function nextHistoricalMeans(
  means: readonly tf.Tensor[],
  weights: readonly tf.Tensor[],
  t: number,
): tf.Tensor[] {
  checkWhole('nextHistoricalMeans', 't', t, 1);
  checkLists('nextHistoricalMeans', weights, means);
  return tf.tidy(() => means.map((mean, i) => tf.add(mean, tf.div(tf.sub(weights[i]!, mean), t))));
}

function checkLists(where: string, weights: readonly tf.Tensor[], means: readonly tf.Tensor[]): void {
  if (weights.length !== means.length || weights.length === 0) {
    throw new ShapeError(
      where,
      `${weights.length} weights and ${means.length} means`,
      'as many means as weights, at least one',
      'Start the means as copies of the weights.',
    );
  }
  for (const [i, weight] of weights.entries()) {
    checkSameShape(where, `weight ${i}`, weight, `mean ${i}`, means[i]!);
  }
}
