import { checkOption } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { meanOf } from '../reduction.js';
import { checkBothScores, checkFakeScores, type PerSampleLoss } from './adversarialLoss.js';

/**
 * The energy-based game: D gives each sample an energy >= 0 (an autoencoder's reconstruction error).
 *
 *     D = mean real + mean relu(margin - fake)
 *     G = mean fake
 *
 * The hinge acts per sample: on the batch's mean it would switch the whole discriminator off at once. The
 * margin has the scale of the energy: about 1 for the mean squared error of images in [-1, 1], tens for a sum
 * over pixels.
 *
 * @param options.margin m >= 0, beyond which D stops raising the energy of fakes.
 * @returns a PerSampleLoss on energies [N] or [N, 1].
 * @throws OptionError for a negative margin; ShapeError for energies without a batch axis.
 * @source Zhao, Mathieu, LeCun, "Energy-based Generative Adversarial Network" (2017), equations 1 and 2.
 */
export function energyBased({ margin }: { margin: number }): PerSampleLoss {
  checkOption('energyBased', 'margin', margin, 0);
  return {
    name: 'energy-based',
    discriminator(real, fake, reduction) {
      checkBothScores('energyBased.discriminator', real, fake, reduction);
      return tf.tidy(() => tf.add(meanOf(real, reduction), meanOf(tf.relu(tf.sub(margin, fake)), reduction)));
    },
    generator(fake, _, reduction) {
      checkFakeScores('energyBased.generator', fake, reduction);
      return tf.tidy(() => meanOf(fake, reduction));
    },
  };
}
