import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';
import { checkFloat, checkSameShape, checkScores } from '../checks.js';

/**
 * The score of a projection discriminator: how real an image is, plus how well it fits its condition.
 *
 *     score_n = unconditional_n + ⟨embedding_n, features_n⟩
 *
 * The result goes to any adversarial loss. StyleGAN2-ADA drops the first part and divides the second by √D.
 *
 * @param unconditional ψ(φ(x)), float32 [N, 1].
 * @param features φ(x), float32 [N, D].
 * @param embedding of the condition, float32 [N, D].
 * @returns scores [N, 1].
 * @throws ShapeError when the shapes do not fit.
 * @source Miyato and Koyama, "cGANs with Projection Discriminator" (2018).
 */
export function projection(unconditional: tf.Tensor, features: tf.Tensor, embedding: tf.Tensor): tf.Tensor2D {
  checkScores('projection', 'unconditional', unconditional);
  checkFloat('projection', 'features', features, [2], 'features [N, D]');
  checkSameShape('projection', 'features', features, 'embedding', embedding);
  const batch = features.shape[0]!;
  if (unconditional.size !== batch) {
    throw new ShapeError(
      'projection',
      `unconditional [${unconditional.shape}] for features [${features.shape}]`,
      `[${batch}, 1]`,
      'Give one unconditional score a sample.',
    );
  }
  return tf.tidy(() => {
    const match = tf.sum(tf.mul(features, embedding), 1, true);
    return tf.add<tf.Tensor2D>(tf.reshape(unconditional, [batch, 1]), match);
  });
}
