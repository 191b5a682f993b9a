import * as tf from '@tensorflow/tfjs';
import { checkScores } from '../checks.js';
import { type AdversarialLoss, checkBothScores } from './adversarialLoss.js';
import { crossEntropyDiscriminator, type LabelTargets } from './crossEntropy.js';

/**
 * The original game, in which the generator minimises what the discriminator maximises.
 *
 *     D = mean softplus(-real) + mean softplus(fake)
 *     G = -mean softplus(fake) = mean log(1 - sigmoid(fake))
 *
 * The generator's gradient vanishes where the discriminator is sure (fake logits far below 0), which is
 * why practice prefers `nonSaturating`. With label smoothing D takes the targets of `LabelTargets`.
 *
 * @param targets smoothed labels of D, each in [0, 1].
 * @returns an AdversarialLoss on logits of any shape, mean-reduced.
 * @throws OptionError for a target outside [0, 1]; ShapeError for scores without a batch axis.
 * @source Goodfellow et al., "Generative Adversarial Nets" (2014), equation 1; smoothing: Salimans et al.,
 * "Improved Techniques for Training GANs" (2016), section 3.4.
 */
export function minimax(targets: LabelTargets = {}): AdversarialLoss {
  const discriminator = crossEntropyDiscriminator('minimax', targets);
  return {
    name: 'minimax',
    discriminator(real, fake) {
      checkBothScores('minimax.discriminator', real, fake);
      return tf.tidy(() => discriminator(real, fake));
    },
    generator(fake) {
      checkScores('minimax.generator', 'fake', fake);
      return tf.tidy(() => tf.neg(tf.mean<tf.Scalar>(tf.softplus(fake))));
    },
  };
}
