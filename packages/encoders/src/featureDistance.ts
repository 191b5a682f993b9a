import { ShapeError } from '@ganjs/errors';
import * as tf from '@tensorflow/tfjs';

/** Images at a time: bounds the memory that their feature maps take. */
const BATCH = 16;

/**
 * How different a network finds two images, place by place:
 *
 *   d(a, b) = Σ_l mean_{y,x} Σ_c (φ̂_l(a) - φ̂_l(b))²,   φ̂ = φ / (‖φ‖ + 1e-10) over the channels,
 *
 * which is LPIPS without its learned weights; each layer adds at most 4 (2 where features are >= 0). Values of one
 * network compare with each other only: name it with them.
 *
 * @param maps from images to feature maps [n, h, w, channels], such as `inception.maps`.
 * @param a float32 [n, height, width, channels]; not disposed.
 * @param b the same shape.
 * @returns a distance >= 0 for each pair.
 * @throws ShapeError when the shapes differ.
 * @source Zhang et al., "The Unreasonable Effectiveness of Deep Features as a Perceptual Metric" (2018), equation 1.
 */
export async function featureDistance(
  maps: (images: tf.Tensor4D) => tf.Tensor[],
  a: tf.Tensor4D,
  b: tf.Tensor4D,
): Promise<Float32Array> {
  if (!tf.util.arraysEqual(a.shape, b.shape)) {
    throw new ShapeError(
      'featureDistance',
      `images of [${a.shape}] and [${b.shape}]`,
      'two sets of one shape',
      'Resize one of them.',
    );
  }
  const distances = new Float32Array(a.shape[0]);
  for (let from = 0; from < distances.length; from += BATCH) {
    const count = Math.min(BATCH, distances.length - from);
    const batch = tf.tidy(() => {
      const unit = (images: tf.Tensor4D) =>
        maps(tf.slice(images, [from, 0, 0, 0], [count, -1, -1, -1])).map(unitFeatures);
      const theirs = unit(b);
      return tf.addN(
        unit(a).map((map, l) => tf.mean(tf.sum(tf.squaredDifference(map, theirs[l]!), 3), [1, 2])),
      );
    });
    distances.set(await batch.data<'float32'>(), from);
    batch.dispose();
  }
  return distances;
}

/** Features [n, h, w, channels] divided by their length over the channels. */
function unitFeatures(map: tf.Tensor): tf.Tensor {
  return tf.div(map, tf.add(tf.norm(map, 'euclidean', 3, true), 1e-10));
}
