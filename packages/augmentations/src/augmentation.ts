import type { Stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';

/**
 * A random, differentiable map of images to images of the same shape.
 *
 * Images are float32 [N, H, W, C] in [-1, 1]; each is changed by draws of its own. The result is a pure function of
 * images and stream, so give every call its own: `augment(fake, stream.fold('fake'))`. Derivatives of any order with
 * respect to the images are right.
 */
export type Augmentation = (images: tf.Tensor4D, stream: Stream) => tf.Tensor4D;

/**
 * Applies augmentations one after the other, each with a stream of its own.
 *
 *     images → aₖ(… a₂(a₁(images)))
 *
 * @param augmentations a₁ … aₖ; with none, the images come back unchanged.
 * @returns their composition.
 * @source Zhao et al., "Differentiable Augmentation for Data-Efficient GAN Training" (2020).
 */
export function compose(...augmentations: readonly Augmentation[]): Augmentation {
  return (images, stream) =>
    tf.tidy(() =>
      augmentations.reduce((x, augment, i) => augment(x, stream.fold('compose', i)), tf.clone(images)),
    );
}

/** One number a sample, shaped to multiply or to be added to images. */
export function perSample(values: Float32Array | number[]): tf.Tensor4D {
  return tf.tensor4d(values, [values.length, 1, 1, 1]);
}
