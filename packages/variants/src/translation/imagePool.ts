import type { ImageShape } from '@ganjs/architectures';
import type { Stream } from '@ganjs/random';
import * as tf from '@tensorflow/tfjs';

/** Images that a generator made in earlier steps, for its discriminator not to forget them. */
export interface ImagePool {
  /** float32 [size, height, width, channels]: state of the game. */
  readonly images: tf.Variable;
  /**
   * Hands images in and gets as many out: until the pool is full each is stored and returned; from then on, with
   * probability 1/2, it is returned, or it takes the place of a stored one that is returned for it.
   *
   * @param fresh float32 [n, height, width, channels], constants.
   * @param stream where the chances come from.
   * @param seen how many images were handed in before.
   */
  exchange(fresh: tf.Tensor4D, stream: Stream, seen: number): tf.Tensor4D;
}

/**
 * A pool of that many images.
 *
 * Shrivastava et al., "Learning from Simulated and Unsupervised Images through Adversarial Training" (2017), section
 * 2.3, in the form of CycleGAN's code.
 */
export function imagePool(size: number, { height, width, channels }: ImageShape): ImagePool {
  const images = tf.tidy(() => tf.variable(tf.zeros([size, height, width, channels]), false));
  return {
    images,
    exchange(fresh, stream, seen) {
      const n = fresh.shape[0];
      const chances = stream.uniform(n);
      const slots = stream.integers(n, size);
      // Images by number: those of the pool, then the fresh ones.
      const stored = Array.from({ length: size }, (_, slot) => slot);
      const returned: number[] = [];
      for (let k = 0; k < n; k++) {
        const own = size + k;
        const full = seen + k >= size;
        const slot = full ? slots[k]! : seen + k;
        const swap = full && chances[k]! < 0.5;
        returned.push(swap ? stored[slot]! : own);
        if (swap || !full) stored[slot] = own;
      }
      return tf.tidy(() => {
        const all = tf.concat([images as tf.Tensor4D, fresh]);
        images.assign(tf.gather(all, tf.tensor1d(stored, 'int32')));
        return tf.gather(all, tf.tensor1d(returned, 'int32'));
      });
    },
  };
}
