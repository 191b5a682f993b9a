import * as tf from '@tensorflow/tfjs';
import { checkScores } from '../checks.js';
import { type AdversarialLoss, checkBothScores } from './adversarialLoss.js';

/**
 * The hinge game of SNGAN, SAGAN and BigGAN.
 *
 *     D = mean relu(1 - real) + mean relu(1 + fake)
 *     G = -mean fake
 *
 * An AdversarialLoss on unbounded scores of any shape, mean-reduced. Throws ShapeError for scores without a
 * batch axis.
 *
 * @source Lim and Ye, "Geometric GAN" (2017); Miyato et al., "Spectral Normalization for Generative
 * Adversarial Networks" (2018), equations 16 and 17.
 */
export const hinge: AdversarialLoss = {
  name: 'hinge',
  discriminator(real, fake) {
    checkBothScores('hinge.discriminator', real, fake);
    return tf.tidy(() =>
      tf.add(tf.mean<tf.Scalar>(tf.relu(tf.sub(1, real))), tf.mean<tf.Scalar>(tf.relu(tf.add(1, fake)))),
    );
  },
  generator(fake) {
    checkScores('hinge.generator', 'fake', fake);
    return tf.tidy(() => tf.neg(tf.mean<tf.Scalar>(fake)));
  },
};
