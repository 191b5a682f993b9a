import { type Batch, type Dataset, disposeBatch, firstRows } from '@ganjs/datasets';
import type { Condition, Game, Images, Task } from '@ganjs/trainer';
import type { Pixels } from '@ganjs/visuals';
import * as tf from '@tensorflow/tfjs';
import type { DataInfo } from './data/request.js';
import { grid, scatter, strips } from './pictures.js';

/** Rows of a grid; as many columns, or one for each class. */
const ROWS = 8;
/** More classes than this would not fit into a picture. */
const MOST_COLUMNS = 32;
const STRIPS_A_ROW = 3;
const POINTS = 2000;

/** What the images of each task are made from. */
export const madeFrom: Readonly<Record<Task, 'noise' | 'class' | 'image' | 'caption'>> = {
  'image-synthesis': 'noise',
  'class-conditional': 'class',
  'paired-translation': 'image',
  'unpaired-translation': 'image',
  'super-resolution': 'image',
  'text-to-image': 'caption',
};

/** What a run shows of itself, always of the same: how many images, made from what, and how they become one picture. */
export interface Demonstration {
  readonly n: number;
  /** What the images are made from, a row for each; freed by {@link dispose}. */
  readonly condition: Condition;
  /** The sentences that the images are made from, in order. */
  readonly captions?: readonly string[];
  picture(images: Images): Pixels;
  dispose(): void;
}

/** A game, and the data to show it on. */
export interface Stage {
  readonly task: Task;
  readonly game: Pick<Game, 'categories'>;
  readonly info: DataInfo;
  /** Data that the run does not learn from, where there is such. */
  readonly heldOut: () => Promise<Dataset>;
  readonly seed: number;
}

/**
 * Chooses how a game is shown, by its task and data: points in a cloud over real ones; images of each class or category
 * in a column; what is made from something else in strips beside it and beside what is real; other images in a square.
 *
 * @param n - how many images; default: what fills the picture.
 */
export async function demonstrate(stage: Stage, n?: number): Promise<Demonstration> {
  const { info, task, heldOut, seed } = stage;
  const classes = askableClasses(stage);
  if (isPoints(info)) {
    const count = n ?? POINTS;
    const rows = await firstRows(await heldOut(), POINTS, seed);
    const real = await plain(rows.images);
    disposeBatch(rows);
    const labels = classes > 0 ? { labels: classesInTurn(count, classes) } : {};
    return shown(count, labels, (generated) => scatter({ real, generated }));
  }
  if (madeFrom[task] === 'image' || madeFrom[task] === 'caption') {
    const { images, ...condition } = await firstRows(await heldOut(), n ?? ROWS * STRIPS_A_ROW, seed);
    const source = 'sources' in condition ? [await plain(condition.sources as tf.Tensor4D)] : [];
    const real = info.paired || madeFrom[task] === 'caption' ? [await plain(images)] : [];
    images.dispose();
    const picture = (output: Images) => strips([...source, output, ...real], STRIPS_A_ROW);
    return shown(images.shape[0], condition, picture);
  }
  if (classes > 0) {
    const columns = Math.min(classes, MOST_COLUMNS);
    const count = n ?? ROWS * columns;
    return shown(count, { labels: classesInTurn(count, columns) }, (images) => grid(images, columns));
  }
  const count = n ?? ROWS * ROWS;
  const columns = n === undefined ? ROWS : Math.ceil(Math.sqrt(n));
  return shown(count, {}, (images) => grid(images, columns));
}

/** How many classes one can ask a game for: those of its data, or the categories that it found; 0 where none. */
export function askableClasses({ task, game, info }: Pick<Stage, 'task' | 'game' | 'info'>): number {
  return game.categories ?? (madeFrom[task] === 'class' ? (info.classes?.length ?? 0) : 0);
}

/** The classes to ask for in `n` samples, int32 [n]: 0, 1, …, and from the start again. */
export function classesInTurn(n: number, classes: number): tf.Tensor1D {
  return tf.tensor1d(
    Array.from({ length: n }, (_, i) => i % classes),
    'int32',
  );
}

/** Whether the images are points in the plane: one pixel of two channels. */
export function isPoints({ image }: DataInfo): boolean {
  return image.height === 1 && image.width === 1 && image.channels === 2;
}

/** Images made from a condition, and how they become a picture. */
export function shown(n: number, condition: object, picture: Demonstration['picture']): Demonstration {
  const { captions } = condition as { captions?: readonly string[] };
  return {
    ...{ n, condition, picture, ...(captions && { captions }) },
    dispose: () => disposeBatch(condition as Batch),
  };
}

/** A batch of images out of the backend. */
export async function plain(images: tf.Tensor4D): Promise<Images> {
  return { data: (await images.data<'float32'>()).slice(), shape: images.shape };
}
