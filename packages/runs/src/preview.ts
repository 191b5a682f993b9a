import {
  type AnyDatasetInfo,
  type Batch,
  type Dataset,
  dataKinds,
  disposeBatch,
  firstRows,
} from '@ganjs/datasets';
import { type Condition, classesOf, type Game, type Images, type Task, tasks } from '@ganjs/trainer';
import type { Pixels } from '@ganjs/visuals';
import * as tf from '@tensorflow/tfjs';
import { grid, scatter, strips } from './pictures.js';

/** Rows of a grid; as many columns, or one for each class. */
const ROWS = 8;
/** More classes than this would not fit into a picture. */
const MOST_COLUMNS = 32;
const STRIPS_A_ROW = 3;
const POINTS = 2000;

/** What a run shows of itself, always of the same: how many images, made from what, and how they become one picture. */
export interface Preview {
  readonly n: number;
  /** What the images are made from, a row for each; freed by {@link dispose}. */
  readonly condition: Condition;
  /** The sentences that the images are made from, in order. */
  readonly captions?: readonly string[];
  picture(images: Images): Pixels;
  dispose(): void;
}

/** What is previewed: a game, and the data to show it on. */
export interface PreviewSubject {
  readonly task: Task;
  readonly game: Pick<Game, 'categories'>;
  readonly info: AnyDatasetInfo;
  /** Data that the run does not learn from, where there is such. */
  readonly heldOut: () => Promise<Dataset>;
  readonly seed: number;
}

/**
 * Chooses how a game is shown, by its task and data: points in a cloud over real ones; images of each class or category
 * in a column; what is made from something else in strips beside it and beside what is real; other images in a square.
 *
 * @param n how many images; default: what fills the picture.
 */
export async function createPreview(subject: PreviewSubject, n?: number): Promise<Preview> {
  const { info, task, heldOut, seed } = subject;
  const { condition } = tasks[task];
  const classes = classesOf(task, info, subject.game.categories);
  if (dataKinds.points.suits(info)) {
    const count = n ?? POINTS;
    const rows = await firstRows(await heldOut(), POINTS, seed);
    const real = await imagesOf(rows.images);
    disposeBatch(rows);
    const labels = classes > 0 ? { labels: classesInTurn(count, classes) } : {};
    return previewOf(count, labels, (generated) => scatter(real, generated));
  }
  if (condition === 'sources' || condition === 'embeddings') {
    const { images, ...given } = await firstRows(await heldOut(), n ?? ROWS * STRIPS_A_ROW, seed);
    const source = 'sources' in given ? [await imagesOf(given.sources as tf.Tensor4D)] : [];
    const real = info.paired || condition === 'embeddings' ? [await imagesOf(images)] : [];
    images.dispose();
    const picture = (output: Images) => strips([...source, output, ...real], STRIPS_A_ROW);
    return previewOf(images.shape[0], given, picture);
  }
  if (classes > 0) {
    const columns = Math.min(classes, MOST_COLUMNS);
    const count = n ?? ROWS * columns;
    return previewOf(count, { labels: classesInTurn(count, columns) }, (images) => grid(images, columns));
  }
  const count = n ?? ROWS * ROWS;
  const columns = n === undefined ? ROWS : Math.ceil(Math.sqrt(n));
  return previewOf(count, {}, (images) => grid(images, columns));
}

/** The classes to ask for in `n` samples, int32 [n]: 0, 1, …, and from the start again. */
export function classesInTurn(n: number, classes: number): tf.Tensor1D {
  return tf.tensor1d(
    Array.from({ length: n }, (_, i) => i % classes),
    'int32',
  );
}

/** Images made from a condition, and how they become a picture. */
export function previewOf(n: number, condition: object, picture: Preview['picture']): Preview {
  const { captions } = condition as { captions?: readonly string[] };
  return {
    ...{ n, condition, picture, ...(captions && { captions }) },
    dispose: () => disposeBatch(condition as Batch),
  };
}

/** A batch of images out of the backend. */
export async function imagesOf(images: tf.Tensor4D): Promise<Images> {
  return { data: (await images.data<'float32'>()).slice(), shape: images.shape };
}
