import type {
  Batch,
  CaptionedBatch,
  DatasetInfo,
  ImageShape,
  TranslationBatch,
  TranslationInfo,
} from '@ganjs/datasets';
import * as tf from '@tensorflow/tfjs';
import type * as z from 'zod';
import { GameError } from './errors.js';
import type { FeatureNetwork } from './featureNetwork.js';
import type { Game } from './game.js';

/** A batch of images with their class labels. */
export interface LabelledBatch extends Batch {
  readonly labels: tf.Tensor1D;
}

/** Images with a sentence each, and what a text encoder makes of it. */
export interface EmbeddedBatch extends CaptionedBatch {
  /** float32 [batch, length]. */
  readonly embeddings: tf.Tensor2D;
}

/** The kind of a variant's work names what data it needs: the type of its batches. */
export interface TaskBatches {
  'image-synthesis': Batch;
  'class-conditional': LabelledBatch;
  'paired-translation': TranslationBatch;
  'unpaired-translation': TranslationBatch;
  'super-resolution': TranslationBatch;
  'text-to-image': EmbeddedBatch;
}

export type Task = keyof TaskBatches;

/** What any dataset may tell of itself. */
export type AnyInfo = DatasetInfo & Partial<TranslationInfo> & { readonly captioned?: boolean };

/** What a task needs and gives, in words and as a test; the command line and the docs read only this. */
export interface TaskDescription {
  readonly needs: string;
  readonly gives: string;
  suits(info: AnyInfo): boolean;
}

export const tasks: Readonly<Record<Task, TaskDescription>> = {
  'image-synthesis': { needs: 'images', gives: 'new images', suits: () => true },
  'class-conditional': {
    needs: 'images with class labels',
    gives: 'new images of an asked class',
    suits: ({ classes }) => classes !== undefined,
  },
  'paired-translation': {
    needs: 'pairs of images, one given and one wanted',
    gives: 'the wanted image of a given one',
    suits: ({ source, paired }) => source !== undefined && paired === true,
  },
  'unpaired-translation': {
    needs: 'images of two domains',
    gives: 'given images as if they were of the other domain',
    suits: ({ source }) => source !== undefined,
  },
  'super-resolution': {
    needs: 'pairs of a small and a large image',
    gives: 'the large image of a small one',
    suits: ({ source, paired, image }) =>
      source !== undefined && paired === true && source.height < image.height,
  },
  'text-to-image': {
    needs: 'images with captions',
    gives: 'new images of what a sentence says',
    suits: ({ captioned }) => captioned === true,
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

/** What a game is built for: the shapes of its data, and the seed. */
export interface BuildContext {
  readonly image: ImageShape;
  /** Number of classes; 0 where the data has none. */
  readonly classes: number;
  /** Seeds the networks' initial weights. */
  readonly seed: number;
  /** The shape of a given image; for translation and super-resolution. */
  readonly source?: ImageShape;
  /** Length of a caption's embedding; for text-to-image. */
  readonly embedding?: number;
  /** A network whose features a content loss compares, or a discriminator reads; where a variant has such. */
  readonly features?: FeatureNetwork;
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
  /** Every key has a default and a description. */
  readonly config: Schema;
  readonly training: TrainingDefaults;
  readonly presets?: Readonly<Record<string, Preset<Schema>>>;
  /**
   * Builds the networks and states the game.
   *
   * @throws ConfigError when the configuration does not fit the context, before anything is built.
   */
  create(config: z.output<Schema>, context: BuildContext): Game<string, TaskBatches[T]>;
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
