import * as tf from '@tensorflow/tfjs';
import { meanOf } from '../reduction.js';
import { checkBothScores, checkFakeScores, type PerSampleLoss } from './adversarialLoss.js';

/**
 * The hinge game of SNGAN, SAGAN and BigGAN.
 *
 *     D = mean relu(1 - real) + mean relu(1 + fake)
 *     G = -mean fake
 *
 * A PerSampleLoss on unbounded scores of any shape. Throws ShapeError for scores without a batch axis.
 *
 * @source Lim and Ye, "Geometric GAN" (2017); Miyato et al., "Spectral Normalization for Generative
 * Adversarial Networks" (2018), equations 16 and 17.
 */
export const hinge: PerSampleLoss = {
  name: 'hinge',
  discriminator(real, fake, reduction) {
    checkBothScores('hinge.discriminator', real, fake, reduction);
    return tf.tidy(() =>
      tf.add(meanOf(tf.relu(tf.sub(1, real)), reduction), meanOf(tf.relu(tf.add(1, fake)), reduction)),
    );
  },
  generator(fake, _, reduction) {
    checkFakeScores('hinge.generator', fake, reduction);
    return tf.tidy(() => tf.neg(meanOf(fake, reduction)));
  },
};
