import type * as tf from '@tensorflow/tfjs';
import type { Reduced, Reduction } from '../reduction.js';
import { l1 } from './distances.js';

/**
 * Cycle consistency: an image taken to the other domain and back should be itself again. One direction; CycleGAN adds
 * both, each with weight 10. The gradient flows through both generators.
 *
 *     mean |F(G(x)) - x|
 *
 * @param image x, float32 [N, H, W, C].
 * @param cycled F(G(x)), the same shape.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0: the mean over all elements.
 * @throws ShapeError when the shapes differ; OptionError for an unknown reduction.
 * @source Zhu et al., "Unpaired Image-to-Image Translation using Cycle-Consistent Adversarial Networks" (2017), equation 2.
 */
export function cycleConsistency<R extends Reduction = 'mean'>(
  image: tf.Tensor,
  cycled: tf.Tensor,
  reduction?: R,
): Reduced<R> {
  return l1(cycled, image, reduction);
}

/**
 * Identity mapping: a generator should leave images of its target domain as they are. CycleGAN's weight is 5.
 *
 *     mean |G(y) - y|
 *
 * @param image y, float32 [N, H, W, C].
 * @param mapped G(y), the same shape.
 * @param reduction 'mean' over the batch (the default), or 'none': one value a sample.
 * @returns a scalar, with 'none' [N], >= 0: the mean over all elements.
 * @throws ShapeError when the shapes differ; OptionError for an unknown reduction.
 * @source Zhu et al., "Unpaired Image-to-Image Translation using Cycle-Consistent Adversarial Networks" (2017), section 5.2.
 */
export function identityMapping<R extends Reduction = 'mean'>(
  image: tf.Tensor,
  mapped: tf.Tensor,
  reduction?: R,
): Reduced<R> {
  return l1(mapped, image, reduction);
}
