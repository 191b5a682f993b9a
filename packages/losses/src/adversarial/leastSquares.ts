import { checkOption } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { meanOf, type Reduced, type Reduction } from '../reduction.js';
import { checkBothScores, checkFakeScores, type PerSampleLoss } from './adversarialLoss.js';

/** The targets of LSGAN's three terms. */
export interface LeastSquaresTargets {
  /** What D should say of fakes. Default 0. */
  a?: number;
  /** What D should say of reals. Default 1. */
  b?: number;
  /** What G wants D to say of fakes. Default 1. */
  c?: number;
}

/**
 * The least-squares game: no vanishing gradient on fakes that are far away but on the right side.
 *
 *     D = ½ mean (real - b)² + ½ mean (fake - a)²
 *     G = ½ mean (fake - c)²
 *
 * (a, b, c) = (0, 1, 1) is the authors' usual choice; (-1, 1, 0) minimises the Pearson χ² divergence. The
 * halves are the paper's: CycleGAN's D equals this one, its G is twice this one.
 *
 * @param options see LeastSquaresTargets.
 * @returns a PerSampleLoss on linear scores of any shape.
 * @throws OptionError for a target that is not finite; ShapeError for scores without a batch axis.
 * @source Mao et al., "Least Squares Generative Adversarial Networks" (2017), equation 2.
 */
export function leastSquares({ a = 0, b = 1, c = 1 }: LeastSquaresTargets = {}): PerSampleLoss {
  checkOption('leastSquares', 'a', a);
  checkOption('leastSquares', 'b', b);
  checkOption('leastSquares', 'c', c);
  return {
    name: 'least-squares',
    discriminator(real, fake, reduction) {
      checkBothScores('leastSquares.discriminator', real, fake, reduction);
      return tf.tidy(() => tf.add(halfMeanSquare(real, b, reduction), halfMeanSquare(fake, a, reduction)));
    },
    generator(fake, _, reduction) {
      checkFakeScores('leastSquares.generator', fake, reduction);
      return tf.tidy(() => halfMeanSquare(fake, c, reduction));
    },
  };
}

function halfMeanSquare<R extends Reduction>(x: tf.Tensor, target: number, reduction?: R): Reduced<R> {
  return tf.mul(0.5, meanOf(tf.square(tf.sub(x, target)), reduction));
}
