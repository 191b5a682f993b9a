import { gradientNorm, vjp } from '@ganjs/autodiff';
import { checkOption } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { checkFloat, checkSameShape } from '../checks.js';

/** One evaluation of the path length regularizer. */
export interface PathLength {
  /** mean_n (lengthₙ - mean)², a scalar to be minimised by the generator. The paper's weight is 2. */
  readonly penalty: tf.Scalar;
  /** The new running mean: store its value as state of the game. */
  readonly mean: tf.Scalar;
  /** The lengths [N] themselves, for monitoring. */
  readonly lengths: tf.Tensor1D;
}

/**
 * StyleGAN2's path length regularization: a step in W should change the image by a length that is the same everywhere.
 *
 *     lengthₙ = √(mean_layers Σ_d J²),   J = ∂⟨synthesize(w), noise⟩ / ∂w / √(H W)
 *     mean' = mean + decay (mean_n length - mean),   penalty = mean_n (lengthₙ - mean')²
 *
 * As in the authors' code the gradient also flows through this batch's part of mean'.
 *
 * @param synthesize the generator from styles to images float32 [N, H, W, C].
 * @param styles w, float32 [N, D], or [N, layers, D] with one style a layer.
 * @param noise N(0, 1), of the images' shape.
 * @param mean the running mean, 0 at the start: state of the game.
 * @param decay the share of the new batch in the mean, in [0, 1]. Default 0.01.
 * @returns see PathLength.
 * @throws ShapeError when the shapes do not fit; OptionError for a decay outside [0, 1].
 * @source Karras et al., "Analyzing and Improving the Image Quality of StyleGAN" (2020), equation 4 and appendix B.
 */
export function pathLength(
  synthesize: (styles: tf.Tensor) => tf.Tensor,
  styles: tf.Tensor,
  noise: tf.Tensor,
  mean: number | tf.Scalar,
  decay = 0.01,
): PathLength {
  const where = 'pathLength';
  checkFloat(where, 'styles', styles, [2, 3], 'styles [N, D] or [N, layers, D]');
  checkFloat(where, 'noise', noise, [4], 'noise [N, H, W, C]');
  checkOption(where, 'decay', decay, 0, 1);
  const layers = styles.rank === 3 ? styles.shape[1]! : 1;
  const [, height, width] = noise.shape as [number, number, number, number];
  return tf.tidy(() => {
    const checked = (w: tf.Tensor) => {
      const images = synthesize(w);
      checkSameShape(where, 'images', images, 'noise', noise);
      return images;
    };
    const scale = 1 / Math.sqrt(height * width * layers);
    const lengths = tf.mul<tf.Tensor1D>(scale, gradientNorm(vjp(checked, styles, noise)));
    const next = tf.add<tf.Scalar>(tf.mul(1 - decay, mean), tf.mul(decay, tf.mean(lengths)));
    const penalty = tf.mean<tf.Scalar>(tf.square(tf.sub(lengths, next)));
    return { penalty, mean: next, lengths };
  });
}
