import type { Dataset } from '@ganjs/datasets';
import { stream } from '@ganjs/random';
import {
  disposeGame,
  type EmbeddedBatch,
  type LabelledBatch,
  type Setting,
  type Task,
  type TaskBatches,
  type TrainEvent,
  train,
  type Variant,
} from '@ganjs/trainer';
import * as tf from '@tensorflow/tfjs';
import { variants } from './index.js';

/** A batch with everything that any task needs. */
type FullBatch = EmbeddedBatch & LabelledBatch & TaskBatches['paired-translation'];

const CLASSES = 3;
const EMBEDDING = 6;

/** A small world that a task can be played in: noise of 8x8, or another side, in three classes. */
export function settingOf(task: Task, seed: number, side = 8): Setting {
  const given = task === 'super-resolution' ? side / 4 : side;
  return {
    image: { height: side, width: side, channels: 1 },
    classes: CLASSES,
    seed,
    source: { height: given, width: given, channels: 1 },
    embedding: EMBEDDING,
    features: (images) => [
      tf.conv2d(images, tf.linspace(-1, 1, 8).reshape<tf.Tensor4D>([2, 2, 1, 2]), 2, 'valid'),
    ],
  };
}

/** n rows of everything. */
function rows({ image, source }: Setting, n: number, path: readonly (string | number)[]): FullBatch {
  const random = stream(1, ...path);
  const pixels = (name: string, { height, width, channels }: Setting['image']) =>
    tf.tensor4d(random.fold(name).uniform(n * height * width * channels, -1, 1), [
      n,
      height,
      width,
      channels,
    ]);
  return {
    images: pixels('images', image),
    sources: pixels('sources', source!),
    labels: tf.tensor1d(
      Array.from({ length: n }, (_, i) => i % CLASSES),
      'int32',
    ),
    captions: Array.from({ length: n }, (_, i) => `number ${i}`),
    embeddings: tf.tensor2d(random.fold('embeddings').normal(n * EMBEDDING), [n, EMBEDDING]),
  };
}

/** 24 rows for any task. */
function noise(setting: Setting): Dataset<FullBatch> {
  return {
    info: { name: 'noise', size: 24, image: setting.image, classes: ['a', 'b', 'c'] },
    batches({ batch, epoch, from = 0 }) {
      async function* all() {
        for (let b = from; b < Math.floor(24 / batch); b++) yield rows(setting, batch, ['data', epoch, b]);
      }
      return { [Symbol.asyncIterator]: all };
    },
  };
}

/** Plays a variant for two steps of 4, and samples 3. */
export async function play(
  variant: Variant,
  { seed = 1, side = 8, settings = {} }: { seed?: number; side?: number; settings?: object } = {},
): Promise<TrainEvent[]> {
  const setting = settingOf(variant.task, seed, side);
  const game = variant.create(variant.config.parse(settings), setting);
  const { images, ...given } = rows(setting, 3, ['given']);
  images.dispose();
  const events: TrainEvent[] = [];
  try {
    const options = { batch: 4, seed, length: { steps: 2 }, samples: 3, sampleGiven: given };
    for await (const event of train(game, noise(setting), options)) events.push(event);
  } finally {
    tf.dispose([given.embeddings, given.labels, given.sources]);
    disposeGame(game);
  }
  return events;
}

/** The last event of a type. */
export function last<T extends TrainEvent['type']>(events: readonly TrainEvent[], type: T) {
  return events.findLast((event): event is Extract<TrainEvent, { type: T }> => event.type === type)!;
}

/** The variant of that name. */
export function variantOf(name: string): Variant {
  return variants.find((variant) => variant.name === name)!;
}
