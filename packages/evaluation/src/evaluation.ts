import type { AnyDatasetInfo, Dataset } from '@ganjs/datasets';
import type { EncoderName } from '@ganjs/encoders';
import type { Task } from '@ganjs/trainer';
import type * as tf from '@tensorflow/tfjs';

/** What shall be evaluated: what it was trained to do, and on what data. */
export interface Subject {
  readonly task: Task;
  /** What the data tells of itself. */
  readonly info: AnyDatasetInfo;
}

/** A trained GAN, ready to be asked for images; `trainedRun` makes one of a game. */
export interface TrainedRun extends Subject {
  /** How many samples shall be scored, at most as many as there is data where it is compared with data. */
  readonly n: number;
  readonly seed: number;
  /** Categories that the GAN found by itself, for which `sample` can be asked by labels. */
  readonly categories?: number;
  /**
   * Draws images: float32 [n, height, width, channels] in [-1, 1]; the caller disposes them.
   *
   * @param condition what the task makes images from, a row for each: labels, sources or embeddings. The caller's.
   */
  sample(n: number, condition?: object): Promise<tf.Tensor4D>;
  /**
   * Leads images of the wanted domain back to the given one, where the GAN learnt that too, as CycleGAN does.
   *
   * @param images float32 [n, height, width, channels] in [-1, 1]; the caller's.
   * @returns as many images; it is called inside of `tf.tidy`.
   */
  reverse?(images: tf.Tensor4D): tf.Tensor4D;
  /** Data that was not trained on, or where there is none the training data; in batches of the task. */
  heldOut(): Promise<Dataset>;
  /** What was trained on, in batches of the task. */
  trainedOn(): Promise<Dataset>;
}

/** What makes scores comparable, in words: for all of them, or for each by its name. */
export type Protocol = string | Readonly<Record<string, string>>;

/** Scores by name: plain data that JSON holds. */
export interface Scores {
  readonly protocol: Protocol;
}

/** What an evaluation asks of a subject. */
export interface Needs {
  /** One of these. */
  readonly tasks: readonly Task[];
  /** The data that it knows, in words. */
  readonly data: string;
  /** What images are asked for by, where the task or the GAN knows it. */
  readonly condition?: 'labels' | 'sources' | 'embeddings';
  /** A trained network that looks at the images. */
  readonly encoder?: {
    readonly name: EncoderName;
    /** Whether some scores can be had without it. */
    readonly optional: boolean;
  };
}

/** A protocol: what it needs, what it computes, and how it says that. A plain value. */
export interface Evaluation<S extends Scores = Scores> {
  /** Such as `digits`. */
  readonly name: string;
  readonly needs: Needs;
  /** Whether the data of a subject with one of the tasks is what it knows. */
  suits(info: AnyDatasetInfo): boolean;
  /** Scores a run, which it suits. Loads what is large (networks, weights). Needs a started backend. */
  evaluate(run: TrainedRun): Promise<S>;
  /** The scores in a sentence or two. */
  summary(scores: S): string;
}
