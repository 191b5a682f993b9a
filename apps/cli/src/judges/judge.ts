import type { Dataset } from '@ganjs/datasets';
import type { Game, Task } from '@ganjs/trainer';
import type * as tf from '@tensorflow/tfjs';
import type { DataInfo } from '../data/request.js';

/** Scores by name: plain data, as `metrics.json` holds them. */
export type Scores = Readonly<Record<string, unknown>>;

/** What a run is about. */
export interface Run {
  readonly task: Task;
  /** What `--data` named. */
  readonly data: string;
  readonly info: DataInfo;
}

/** A trained run, ready to be asked for images. */
export interface TrainedRun extends Run {
  /** The game with the weights that samples are drawn with. */
  readonly game: Game;
  /** How many samples the user wants to be judged. */
  readonly n: number;
  readonly seed: number;
  /**
   * Draws images: float32 [n, height, width, channels] in [-1, 1]; the caller disposes them.
   *
   * @param condition - what the task needs, a row for each image: labels, sources, embeddings. The caller's.
   */
  sample(n: number, condition?: object): Promise<tf.Tensor4D>;
  /** The test split of a dataset with a name, otherwise what was trained on; in batches of the task. */
  heldOut(): Promise<Dataset>;
  /** What the run learnt from; in batches of the task. */
  trainedOn(): Promise<Dataset>;
}

/** Somebody who knows what a run's images should look like. Loads what is large (networks, weights) in `evaluate`. */
export interface Judge {
  suits(run: Run): boolean;
  evaluate(run: TrainedRun): Promise<Scores>;
  /** The scores in a sentence or two. */
  summary(scores: Scores): string;
}
