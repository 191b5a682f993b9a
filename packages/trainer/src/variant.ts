import * as tf from '@tensorflow/tfjs';
import type * as z from 'zod';
import type { BuildContext } from './buildContext.js';
import { configSettings } from './configSettings.js';
import { GameError } from './errors.js';
import type { Game } from './game.js';
import { type Task, type TaskBatches, tasks } from './tasks.js';

/** Where a variant was published. */
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

/** One GAN: what it is, what it can be configured with, and how its game is made. A plain value. */
export interface Variant<Schema extends z.ZodObject = z.ZodObject, T extends Task = Task> {
  readonly name: string;
  /** One sentence: what this variant is. */
  readonly summary: string;
  readonly paper: Paper;
  /** The paper's algorithm box as lines of text: what one training step does. */
  readonly algorithm: string;
  readonly task: T;
  /** Every setting has a default and a description, in groups where there are many: `generator.width`. */
  readonly config: Schema;
  readonly training: TrainingDefaults;
  readonly presets?: Readonly<Record<string, Preset<Schema>>>;
  /**
   * Builds the networks and states the game.
   *
   * @throws ConfigError when the configuration does not fit the context, before anything is built.
   */
  create(config: z.output<Schema>, context: BuildContext<T>): Game<string, TaskBatches[T]>;
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
  for (const { path, description, hasDefault } of configSettings(config)) {
    if (!hasDefault) {
      throw new GameError(`@ganjs/trainer: ${name}: the configuration key "${path}" needs a default`);
    }
    if (!description) {
      throw new GameError(`@ganjs/trainer: ${name}: the configuration key "${path}" needs a description`);
    }
  }
  if (!config.safeParse({}).success) {
    throw new GameError(
      `@ganjs/trainer: ${name}: the configuration {} must be complete: each group needs a default`,
    );
  }
  return { ...variant, create: (values, context) => wholeOrNothing(() => variant.create(values, context)) };
}

/** Builds a game; where a network cannot be built, the weights of those before it are freed. */
function wholeOrNothing<T>(build: () => T): T {
  const { registeredVariables } = tf.engine();
  const before = new Set(Object.keys(registeredVariables));
  try {
    return build();
  } catch (error) {
    for (const [name, variable] of Object.entries(registeredVariables)) {
      if (!before.has(name)) variable.dispose();
    }
    throw error;
  }
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
