import * as tf from '@tensorflow/tfjs';
import { checkOption, checkScores } from '../checks.js';
import { type AdversarialLoss, checkBothScores } from './adversarialLoss.js';

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
 * @returns an AdversarialLoss on energies [N] or [N, 1], mean-reduced.
 * @throws OptionError for a negative margin; ShapeError for energies without a batch axis.
 * @source Zhao, Mathieu, LeCun, "Energy-based Generative Adversarial Network" (2017), equations 1 and 2.
 */
export function energyBased({ margin }: { margin: number }): AdversarialLoss {
  checkOption('energyBased', 'margin', margin, 0);
  return {
    name: 'energy-based',
    discriminator(real, fake) {
      checkBothScores('energyBased.discriminator', real, fake);
      return tf.tidy(() =>
        tf.add(tf.mean<tf.Scalar>(real), tf.mean<tf.Scalar>(tf.relu(tf.sub(margin, fake)))),
      );
    },
    generator(fake) {
      checkScores('energyBased.generator', 'fake', fake);
      return tf.tidy(() => tf.mean<tf.Scalar>(fake));
    },
  };
}
