import * as tf from '@tensorflow/tfjs';
import { checkScores } from '../checks.js';
import { type AdversarialLoss, checkBothScores } from './adversarialLoss.js';
import { crossEntropyDiscriminator, crossEntropyWithTarget, type LabelTargets } from './crossEntropy.js';

/**
 * The non-saturating game; the same function is called the logistic or softplus loss in the StyleGAN papers.
 *
 *     D = mean softplus(-real) + mean softplus(fake)
 *     G = mean softplus(-fake) = -mean log sigmoid(fake)
 *
 * With label smoothing D takes the targets of `LabelTargets`; G always aims at 1.
 *
 * @param targets smoothed labels of D, each in [0, 1]; `{ realTarget: 0.9 }` is the usual one-sided form.
 * @returns an AdversarialLoss on logits of any shape, mean-reduced.
 * @throws OptionError for a target outside [0, 1]; ShapeError for scores without a batch axis.
 * @source Goodfellow et al., "Generative Adversarial Nets" (2014), section 3; smoothing: Salimans et al.,
 * "Improved Techniques for Training GANs" (2016), section 3.4.
 */
export function nonSaturating(targets: LabelTargets = {}): AdversarialLoss {
  const discriminator = crossEntropyDiscriminator('nonSaturating', targets);
  return {
    name: 'non-saturating',
    discriminator(real, fake) {
      checkBothScores('nonSaturating.discriminator', real, fake);
      return tf.tidy(() => discriminator(real, fake));
    },
    generator(fake) {
      checkScores('nonSaturating.generator', 'fake', fake);
      return tf.tidy(() => crossEntropyWithTarget(fake, 1));
    },
  };
}
