import * as tf from '@tensorflow/tfjs';
import { checkBothScores, checkFakeScores, type PerSampleLoss } from './adversarialLoss.js';
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
 * @returns a PerSampleLoss on logits of any shape.
 * @throws OptionError for a target outside [0, 1]; ShapeError for scores without a batch axis.
 * @source Goodfellow et al., "Generative Adversarial Nets" (2014), section 3; smoothing: Salimans et al.,
 * "Improved Techniques for Training GANs" (2016), section 3.4.
 */
export function nonSaturating(targets: LabelTargets = {}): PerSampleLoss {
  const discriminator = crossEntropyDiscriminator('nonSaturating', targets);
  return {
    name: 'non-saturating',
    discriminator(real, fake, reduction) {
      checkBothScores('nonSaturating.discriminator', real, fake, reduction);
      return tf.tidy(() => discriminator(real, fake, reduction));
    },
    generator(fake, _, reduction) {
      checkFakeScores('nonSaturating.generator', fake, reduction);
      return tf.tidy(() => crossEntropyWithTarget(fake, 1, reduction));
    },
  };
}
