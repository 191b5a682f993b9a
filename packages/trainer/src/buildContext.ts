import { type AnyDatasetInfo, contentsOf, dataKinds, type ImageShape } from '@ganjs/datasets';
import { ConfigError } from './errors.js';
import type { FeatureNetwork } from './featureNetwork.js';
import { suitsTask, type Task, tasks } from './tasks.js';

/** What any game is built for. */
interface CommonContext {
  readonly image: ImageShape;
  /** Number of classes; 0 where the data has none. */
  readonly classes: number;
  /** Seeds the networks' initial weights. */
  readonly seed: number;
  /** A network whose features a content loss compares, or a discriminator reads; where a variant has such. */
  readonly features?: FeatureNetwork | undefined;
}

interface SourceContext {
  /** The shape of a given image. */
  readonly source: ImageShape;
}

interface CaptionContext {
  /** Length of a caption's embedding. */
  readonly embedding: number;
}

/**
 * What a game is built for: the shapes of its data, and the seed. What a task's data always has is there; of an
 * unknown task, it may be.
 */
export type BuildContext<T extends Task = Task> = CommonContext &
  ([T] extends ['paired-translation' | 'unpaired-translation' | 'super-resolution']
    ? SourceContext
    : Partial<SourceContext>) &
  ([T] extends ['text-to-image'] ? CaptionContext : Partial<CaptionContext>);

/**
 * What a game of a task is built for, from what its data tells of itself.
 *
 * @throws ConfigError when the data lacks what the task needs.
 */
export function buildContext<T extends Task>(
  task: T,
  info: AnyDatasetInfo,
  { seed, features }: { readonly seed: number; readonly features?: FeatureNetwork | undefined },
): BuildContext<T> {
  const { kind, condition } = tasks[task];
  const { name, image, classes = [], source, embedding } = info;
  if (!suitsTask(task, info)) {
    throw new ConfigError(
      `${task} needs ${dataKinds[kind].contents}, but ${name} has ${contentsOf(info)}: name other data`,
    );
  }
  if (condition === 'embeddings' && embedding === undefined) {
    throw new ConfigError(
      `${task} needs the embedding of each caption, but ${name} has captions alone: pass it through embedCaptions of @ganjs/datasets`,
    );
  }
  const context = {
    ...{ image, classes: classes.length, seed },
    ...(source && { source }),
    ...(embedding !== undefined && { embedding }),
    ...(features && { features }),
  };
  return context as BuildContext<T>;
}
