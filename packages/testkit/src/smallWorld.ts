import type { Dataset, EmbeddedBatch, ImageShape, LabelledBatch } from '@ganjs/datasets';
import { stream } from '@ganjs/random';
import type { BuildContext, Condition, FeatureNetwork, Task, TaskBatches } from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';

/** A batch with what any task needs. */
export type FullBatch = EmbeddedBatch & LabelledBatch & TaskBatches['paired-translation'];

/** Noise in which any task can be played. */
export interface SmallWorld {
  readonly context: Required<BuildContext>;
  readonly data: Dataset<FullBatch>;
  /** What n images shall be made from: labels, sources, captions, embeddings. The caller disposes it. */
  condition(n: number): Condition<FullBatch>;
}

const CLASSES = ['a', 'b', 'c'];
const EMBEDDING = 6;
const SIZE = 24;

/** One convolution that was never trained, which halves gray images. */
const features: FeatureNetwork = {
  shapes: ({ height, width }) => [[Math.floor(height / 2), Math.floor(width / 2), 2]],
  extract: (images) =>
    tf.tidy(() => [tf.conv2d(images, tf.linspace(-1, 1, 8).reshape<tf.Tensor4D>([2, 2, 1, 2]), 2, 'valid')]),
};

/**
 * A world of 24 images of noise, gray and small, in three classes, with sources, captions and embeddings: enough to
 * play any task for a few steps.
 *
 * @param options.seed of the networks' weights, not of the data. Default 1.
 * @param options.side height and width of the images, a multiple of 4. Default 8; sources of super-resolution have a
 *   quarter of it.
 */
export function smallWorld(task: Task, options: { seed?: number; side?: number } = {}): SmallWorld {
  const { seed = 1, side = 8 } = options;
  const sourceSide = task === 'super-resolution' ? side / 4 : side;
  const image = { height: side, width: side, channels: 1 };
  const source = { height: sourceSide, width: sourceSide, channels: 1 };
  const rows = (n: number, ...path: (string | number)[]): FullBatch => {
    const random = stream(1, ...path);
    const labels = Int32Array.from({ length: n }, (_, i) => i % CLASSES.length);
    return {
      images: noise(random.fold('images').uniform(n * side ** 2, -1, 1), n, image),
      sources: noise(random.fold('sources').uniform(n * sourceSide ** 2, -1, 1), n, source),
      labels: tf.tensor1d(labels, 'int32'),
      captions: Array.from(labels, (label) => `a ${CLASSES[label]}`),
      embeddings: tf.tensor2d(random.fold('embeddings').normal(n * EMBEDDING), [n, EMBEDDING]),
    };
  };
  return {
    context: { image, source, seed, classes: CLASSES.length, embedding: EMBEDDING, features },
    data: {
      info: { name: 'noise', size: SIZE, image, classes: CLASSES },
      batches({ batch, epoch, from = 0 }) {
        async function* all() {
          for (let b = from; b < Math.floor(SIZE / batch); b++) yield rows(batch, 'data', epoch, b);
        }
        return { [Symbol.asyncIterator]: all };
      },
    },
    condition(n) {
      const { images, ...condition } = rows(n, 'condition');
      images.dispose();
      return condition;
    },
  };
}

function noise(values: Float32Array, n: number, { height, width, channels }: ImageShape): tf.Tensor4D {
  return tf.tensor4d(values, [n, height, width, channels]);
}
