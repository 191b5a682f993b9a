import { checkOption } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { checkBothScores } from '../adversarial/adversarialLoss.js';

/** The moving averages of D's scores that LeCam regularization compares with: state of the game. */
export interface LecamAnchors {
  /** Moving average of the mean score of reals. */
  readonly real: number | tf.Scalar;
  /** Moving average of the mean score of fakes. */
  readonly fake: number | tf.Scalar;
}

/**
 * LeCam regularization for training on little data: keeps D's scores near the average of the other kind.
 *
 *     mean relu(real - anchors.fake)² + mean relu(anchors.real - fake)²
 *
 * The one-sided relu is that of the authors' code; the paper prints plain squares. To be added to D's loss once the
 * averages have settled, with weight 0.3 (BigGAN on CIFAR) or 1e-6 (StyleGAN2's logits).
 *
 * @param real scores of reals [N, …].
 * @param fake scores of fakes [M, …].
 * @param anchors the moving averages; no gradient may flow to them.
 * @returns a scalar >= 0.
 * @throws ShapeError for scores without a batch axis.
 * @source Tseng et al., "Regularizing Generative Adversarial Networks under Limited Data" (2021).
 */
export function lecam(real: tf.Tensor, fake: tf.Tensor, anchors: LecamAnchors): tf.Scalar {
  checkBothScores('lecam', real, fake);
  return tf.tidy(() =>
    tf.add(
      tf.mean<tf.Scalar>(tf.square(tf.relu(tf.sub(real, anchors.fake)))),
      tf.mean<tf.Scalar>(tf.square(tf.relu(tf.sub(anchors.real, fake)))),
    ),
  );
}

/**
 * The next moving averages.
 *
 *     anchor ← decay anchor + (1 - decay) mean scores
 *
 * @param anchors the present averages.
 * @param real scores of reals [N, …].
 * @param fake scores of fakes [M, …].
 * @param decay in [0, 1]; default 0.9. With 0, as the authors do in the first steps, the anchors become the
 * batch's means.
 * @returns two new scalars.
 * @throws OptionError for a decay outside [0, 1]; ShapeError for scores without a batch axis.
 * @source Tseng et al., "Regularizing Generative Adversarial Networks under Limited Data" (2021).
 */
export function nextLecamAnchors(
  anchors: LecamAnchors,
  real: tf.Tensor,
  fake: tf.Tensor,
  decay = 0.9,
): { real: tf.Scalar; fake: tf.Scalar } {
  checkBothScores('nextLecamAnchors', real, fake);
  checkOption('nextLecamAnchors', 'decay', decay, 0, 1);
  return tf.tidy(() => {
    const next = (anchor: number | tf.Scalar, scores: tf.Tensor): tf.Scalar =>
      tf.add(tf.mul(decay, anchor), tf.mul(1 - decay, tf.mean<tf.Scalar>(scores)));
    return { real: next(anchors.real, real), fake: next(anchors.fake, fake) };
  });
}
