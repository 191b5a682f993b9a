import * as tf from '@tensorflow/tfjs';
import { meanOf } from '../reduction.js';
import { checkBothScores, checkFakeScores, type PerSampleLoss } from './adversarialLoss.js';

/**
 * The dual of the Wasserstein-1 distance, for a critic kept Lipschitz by other means (a gradient penalty,
 * weight clipping, spectral normalization).
 *
 *     D = mean fake - mean real
 *     G = -mean fake
 *
 * -D estimates the distance: positive after the critic's first steps, then shrinking.
 *
 * A PerSampleLoss on unbounded scores of any shape. Throws ShapeError for scores without a batch axis.
 *
 * @source Arjovsky, Chintala, Bottou, "Wasserstein GAN" (2017), algorithm 1.
 */
export const wasserstein: PerSampleLoss = {
  name: 'wasserstein',
  discriminator(real, fake, reduction) {
    checkBothScores('wasserstein.discriminator', real, fake, reduction);
    return tf.tidy(() => tf.sub(meanOf(fake, reduction), meanOf(real, reduction)));
  },
  generator(fake, _, reduction) {
    checkFakeScores('wasserstein.generator', fake, reduction);
    return tf.tidy(() => tf.neg(meanOf(fake, reduction)));
  },
};
