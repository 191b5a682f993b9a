import type { Batch, ImageShape } from '@ganjs/datasets';
import type * as tf from '@tensorflow/tfjs';
import type { z } from 'zod';
import { GameError } from './errors.js';
import type { Game } from './game.js';

/** A batch of images with their class labels. */
export interface LabelledBatch extends Batch {
  readonly labels: tf.Tensor1D;
}

/** The kind of a variant's work names what data it needs: the type of its batches. */
export interface TaskBatches {
  'image-synthesis': Batch;
  'class-conditional': LabelledBatch;
}

export type Task = keyof TaskBatches;

/** What each task needs and gives, in words and flags; the command line and the docs read only this. */
export const tasks: Readonly<
  Record<Task, { readonly labels: boolean; readonly needs: string; readonly gives: string }>
> = {
  'image-synthesis': { labels: false, needs: 'images', gives: 'new images' },
  'class-conditional': {
    labels: true,
    needs: 'images with class labels',
    gives: 'new images of an asked class',
  },
};

export interface Paper {
  readonly title: string;
  readonly authors: string;
  readonly year: number;
  /** Number on arXiv, such as `1406.2661`. */
  readonly arxiv?: string;
}

/** How long, and in what portions, a variant trains unless the user says otherwise. */
export interface TrainingDefaults {
  readonly batch: number;
  readonly epochs: number;
}

/** A named set of choices for one purpose, such as a small machine. */
export interface Preset<Schema extends z.ZodObject = z.ZodObject> {
  readonly description: string;
  readonly config: Partial<z.input<Schema>>;
  readonly batch?: number;
  readonly epochs?: number;
  readonly steps?: number;
}

/** The world that a game is created for. */
export interface Setting {
  readonly image: ImageShape;
  /** Number of classes; 0 where the data has none. */
  readonly classes: number;
  /** Seeds the networks' initial weights. */
  readonly seed: number;
}

/** One GAN: what it is, what it can be configured with, and how its game is made. A plain value. */
export interface Variant<Schema extends z.ZodObject = z.ZodObject, T extends Task = Task> {
  readonly name: string;
  /** One sentence: what this variant is. */
  readonly summary: string;
  readonly paper: Paper;
  readonly task: T;
  /** Every key has a default and a description. */
  readonly config: Schema;
  readonly training: TrainingDefaults;
  readonly presets?: Readonly<Record<string, Preset<Schema>>>;
  /**
   * Builds the networks and states the game.
   *
   * @throws ConfigError when the configuration does not fit the setting, before anything is built.
   */
  create(config: z.output<Schema>, setting: Setting): Game<string, TaskBatches[T]>;
}

/**
 * Checks a variant against the contract and returns it; the call also lets TypeScript infer its types.
 *
 * @throws GameError when the name is not kebab-case, or a configuration key lacks a default or a description.
 */
export function defineVariant<Schema extends z.ZodObject, T extends Task>(
  variant: Variant<Schema, T>,
): Variant<Schema, T> {
  const { name, config } = variant;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new GameError(
      `@ganjs/trainer: a variant's name is kebab-case such as "wgan-gp", but "${name}" came`,
    );
  }
  for (const [key, schema] of Object.entries(config.shape)) {
    if (!schema.safeParse(undefined).success) {
      throw new GameError(`@ganjs/trainer: ${name}: the configuration key "${key}" needs a default`);
    }
    if (!schema.description) {
      throw new GameError(`@ganjs/trainer: ${name}: the configuration key "${key}" needs a description`);
    }
  }
  return variant;
}

/** Whether a value (an export of somebody's package, say) is a variant. */
export function isVariant(value: unknown): value is Variant {
  if (typeof value !== 'object' || value === null) return false;
  const candidate = value as Partial<Variant>;
  return (
    typeof candidate.name === 'string' &&
    typeof candidate.create === 'function' &&
    typeof candidate.task === 'string' &&
    candidate.task in tasks &&
    typeof candidate.config?.safeParse === 'function'
  );
}
