import * as tf from '@tensorflow/tfjs';
import { checkScores } from '../checks.js';
import { type AdversarialLoss, checkBothScores } from './adversarialLoss.js';

/**
 * The dual of the Wasserstein-1 distance, for a critic kept Lipschitz by other means (a gradient penalty,
 * weight clipping, spectral normalization).
 *
 *     D = mean fake - mean real
 *     G = -mean fake
 *
 * -D estimates the distance: positive after the critic's first steps, then shrinking.
 *
 * An AdversarialLoss on unbounded scores of any shape, mean-reduced. Throws ShapeError for scores without a
 * batch axis.
 *
 * @source Arjovsky, Chintala, Bottou, "Wasserstein GAN" (2017), algorithm 1.
 */
export const wasserstein: AdversarialLoss = {
  name: 'wasserstein',
  discriminator(real, fake) {
    checkBothScores('wasserstein.discriminator', real, fake);
    return tf.tidy(() => tf.sub(tf.mean<tf.Scalar>(fake), tf.mean<tf.Scalar>(real)));
  },
  generator(fake) {
    checkScores('wasserstein.generator', 'fake', fake);
    return tf.tidy(() => tf.neg(tf.mean<tf.Scalar>(fake)));
  },
};
