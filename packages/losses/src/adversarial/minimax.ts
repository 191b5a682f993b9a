import * as tf from '@tensorflow/tfjs';
import { meanOf } from '../reduction.js';
import { checkBothScores, checkFakeScores, type PerSampleLoss } from './adversarialLoss.js';
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
 * @returns a PerSampleLoss on logits of any shape.
 * @throws OptionError for a target outside [0, 1]; ShapeError for scores without a batch axis.
 * @source Goodfellow et al., "Generative Adversarial Nets" (2014), equation 1; smoothing: Salimans et al.,
 * "Improved Techniques for Training GANs" (2016), section 3.4.
 */
export function minimax(targets: LabelTargets = {}): PerSampleLoss {
  const discriminator = crossEntropyDiscriminator('minimax', targets);
  return {
    name: 'minimax',
    discriminator(real, fake, reduction) {
      checkBothScores('minimax.discriminator', real, fake, reduction);
      return tf.tidy(() => discriminator(real, fake, reduction));
    },
    generator(fake, _, reduction) {
      checkFakeScores('minimax.generator', fake, reduction);
      return tf.tidy(() => tf.neg(meanOf(tf.softplus(fake), reduction)));
    },
  };
}
